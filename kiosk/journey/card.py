"""The card record as the journey takes it: every field there, absent ones null, nothing of the wrong kind."""

from collections.abc import Mapping
from dataclasses import fields

from devices.idcard.contract import CardRecord
from kiosk.messages.json_value import Json

_APART = ("photo_wlt", "fingers", "warnings")
_TEXTS = tuple(field.name for field in fields(CardRecord) if field.name not in _APART)
_NEEDED = ("kind", "name", "number")


def proper_card(read: Mapping[str, Json]) -> dict[str, Json] | None:
    """None for a record that is not one or lacks who it is; the photo stays out."""
    card: dict[str, Json] = {}
    for name in _TEXTS:
        value = read.get(name)
        if value is not None and not isinstance(value, str):
            return None
        card[name] = value
    if not all(card[name] for name in _NEEDED):
        return None
    card["sex"] = card["sex"] or "unknown"
    warnings = read.get("warnings")
    card["warnings"] = [str(warning) for warning in warnings] if isinstance(warnings, list) else []
    return card
