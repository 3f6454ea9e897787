"""The card of whoever walks, as a file that the virtual reader takes."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue

from devices.idcard.cards import card_text
from devices.idcard.contract import CardKind


def card_of(identity: Mapping[str, JsonValue], folder: Path) -> str:
    """The path of a file in `folder` that holds this person's card."""
    kind, number = CardKind(str(identity["kind"])), str(identity["number"])
    own = (
        {"nation_code": "01", "address": str(identity["address"]), "authority": "瑞安市公安局", "valid_to": "长期"}
        if kind is CardKind.CITIZEN
        else {"name_en": "TEST, PERSON", "country": "ITA", "issue_count": "01", "valid_to": "20991231"}
    )
    text = card_text(
        kind,
        name=str(identity["name"]),
        sex="1",
        birth_date=number[6:14],
        number=number,
        valid_from="20200101",
        **own,
    )
    path = folder / f"card-{number[-4:]}"
    path.write_bytes(text)
    return str(path)
