"""`kiosk-center drafts prepare`: what was answered on a phone, to be gone on with at a terminal by one code."""

import json
import secrets
from pathlib import Path
from typing import Annotated

import typer
from pydantic import JsonValue

from center.commands.options import Json, tell
from center.commands.place import Place, placed
from center.drafts import keep_draft
from center.errors import CenterUnusable
from center.services import Center
from flows.api import DraftCode, DraftRequest
from flows.canonical import to_base64
from flows.case import iso_seconds
from flows.drafts import NONCE_BYTES, Draft, DraftRefused, seal_draft
from flows.resuming import right_answers
from flows.secret_codes import CODE_BYTES, code_of
from flows.text import Language

app = typer.Typer(no_args_is_help=True, help="Visits that are gone on with at a terminal.")


@app.command("prepare")
@placed
def prepare(
    place: Place,
    matter: Annotated[str, typer.Argument(metavar="MATTER")],
    answers: Annotated[Path, typer.Option(help="JSON: answers by the ids of the matter's steps.")],
    number: Annotated[str, typer.Option(prompt="Number of the ID card", hide_input=True, help="Asked for if absent.")],
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
    as_json: Json = False,
) -> None:
    """Print the code to show as a QR code; at a terminal it asks for the same ID card and goes on."""
    given = _read(answers)
    with place.opened() as center:
        kept = _kept(center, matter, given, number, "en" if language == "en" else "zh")
    tell(kept, kept.code, as_json=as_json)


def _read(path: Path) -> dict[str, JsonValue]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CenterUnusable(f"{path}: not JSON in UTF-8") from error
    if not isinstance(given, dict):
        raise CenterUnusable(f"{path}: must be an object, with the ids of steps as keys")
    return given


def _kept(center: Center, matter_id: str, given: dict[str, JsonValue], number: str, language: Language) -> DraftCode:
    matter = center.catalog.get(matter_id)
    if matter is None:
        raise CenterUnusable(f"no matter {matter_id}; see: kiosk-center matters list")
    right = right_answers(matter, given)
    wrong = [name for name in given if name not in right]
    if wrong:
        raise CenterUnusable(f"{', '.join(wrong)}: no answer to a step of {matter_id} that can be given beforehand")
    token, now = code_of(secrets.token_bytes(CODE_BYTES)), iso_seconds(center.clock.now())
    draft = Draft(matter=matter_id, language=language, kept_at=now, answers=right)
    try:
        sealed = seal_draft(draft, token, number, secrets.token_bytes(NONCE_BYTES))
    except DraftRefused as error:
        raise CenterUnusable(f"the answers are too long: {error}") from error
    return keep_draft(center, DraftRequest(token=token, sealed=to_base64(sealed)))
