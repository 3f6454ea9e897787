"""`kiosk-center cases`: what has arrived, what came on a stick, and one case opened for whoever has the keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import JsonValue

from center.blobs import BlobMissing
from center.cases import OpenedCase, decision_of, document_of
from center.casework.opening import attachments_to, first_rows, open_for, supplements_to
from center.casework.stages import CITIZEN_WORDS, STAFF_MOVES, Stage
from center.casework.viewing import PartLine, Wanted, list_lines, view_case
from center.commands.moves import move_command
from center.commands.options import By, Json, actor_of, by_part, case_named, say, say_json, tell
from center.commands.place import Place, placed
from center.errors import CenterUnusable, Refused
from center.services import Center
from flows.case import CITIZEN_STATES

if TYPE_CHECKING:
    from center.importing import Imported, Skipped

app = typer.Typer(no_args_is_help=True, help="Cases the terminals have sent, and what becomes of them.")
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}


@app.command("list")
@placed
def show_all(
    place: Place,
    stage: Annotated[Stage | None, typer.Option(help="Only cases that are here.", show_choices=False)] = None,
    late: Annotated[bool, typer.Option("--late", help="Only those whose limit is near or over.")] = False,
    as_json: Json = False,
) -> None:
    """One line a case, oldest first; nobody is named."""
    with place.opened() as center:
        for line in list_lines(center, Wanted(stage=stage or "", late=late)):
            stages = by_part((part.id, _words(part)) for part in line.parts)
            words = f"{line.case_number}  {stages}  {line.received_at}  {line.matter}  {line.case_id}"
            tell(line, words, as_json=as_json)


def _words(part: PartLine) -> str:
    """With the warning where there is one."""
    return CITIZEN_STATES[CITIZEN_WORDS[part.stage]].zh + (f"!{part.warned}" if part.warned else "")


@app.command("show")
@placed
def show(
    place: Place,
    id_or_number: Annotated[str, typer.Argument(metavar="ID_OR_NUMBER")],
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(help="Folder to write attachments and document to.")] = None,
    by: By = None,
) -> None:
    """Open one case: what was answered, its attachments and its decision; that it was opened is logged."""
    with place.opened() as center:
        record = case_named(center, id_or_number)
        try:
            case = open_for(center, actor_of(center, by), record)
        except Refused as refusal:
            raise CenterUnusable(f"{refusal.title}; it is open to receiver and examiner") from refusal
        files = _write_files(center, case, out) if out is not None else []
        rows, shown = first_rows(center, case), _whole(center, case, files)
    if as_json:
        say_json({"rows": [row.model_dump(mode="json") for row in rows], **shown})
        return
    for row in rows:
        say(f"{row.label.zh}: {row.value.zh}")
    for key, value in shown.items():
        say(f"{key}: {value}")


@app.command("import")
@placed
def import_(
    place: Place,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A stick that `kiosk queue export` wrote to.")],
    as_json: Json = False,
) -> None:
    """Take the sealed cases in FOLDER, and write each one's receipt beside it for `kiosk queue import-receipts`."""
    from center.importing import Imported, import_folder

    counts = {"new": 0, "again": 0, "skipped": 0}
    with place.opened() as center:
        for item in import_folder(center, folder, center.settings.public_url):
            counts["skipped" if not isinstance(item, Imported) else "new" if item.new else "again"] += 1
            if as_json:
                say_json(_imported(item))
            elif isinstance(item, Imported):
                say(f"{item.file}: {'taken' if item.new else 'was here already'}, {item.receipt.case_number}")
            else:
                say(f"{item.file}: skipped: {item.reason}")
    if not as_json:
        say(f"{counts['new']} taken, {counts['again']} here already, {counts['skipped']} skipped; receipts in {folder}")
    if counts["skipped"]:
        raise typer.Exit(1)


def _imported(item: "Imported | Skipped") -> dict[str, JsonValue]:
    receipt = getattr(item, "receipt", None)
    return {
        "file": item.file,
        "case_id": receipt.envelope_id if receipt else None,
        "case_number": receipt.case_number if receipt else None,
        "new": getattr(item, "new", False),
        "skipped": getattr(item, "reason", None),
    }


def _whole(center: Center, opened_case: OpenedCase, files: list[str]) -> dict[str, JsonValue]:
    record = opened_case.record
    decision, view = decision_of(center, record.case_id), view_case(center, record)
    files_written: list[JsonValue] = list(files)
    return view.model_dump(mode="json", exclude={"parts", "supplements"}) | {
        "terminal_id": opened_case.envelope.terminal_id,
        "sequence": opened_case.envelope.sequence,
        "case": opened_case.case.model_dump(mode="json"),
        "decision": decision.model_dump(mode="json") if decision else None,
        "parts": [part.model_dump(mode="json") for part in view.parts],
        "supplements": [content.model_dump(mode="json") for _, content in supplements_to(center, record)],
        "files": files_written,
    }


def _write_files(center: Center, case: OpenedCase, folder: Path) -> list[str]:
    """Names of attachments and document as written; readable by their owner only. Raises CenterUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = [
            _write(folder / f"{name}.{_EXTENSIONS.get(media_type, 'bin')}", plain)
            for name, media_type, plain in attachments_to(center, case)
        ]
        pdf = document_of(center, case.record.case_id)
        return written + ([_write(folder / "document.pdf", pdf)] if pdf else [])
    except OSError as error:
        raise CenterUnusable(f"cannot write to {folder}: {error.strerror}; choose another with --out") from error
    except BlobMissing as error:
        raise CenterUnusable(f"blob {error} is missing or damaged; restore it from the backup") from error


def _write(path: Path, data: bytes) -> str:
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path.name


for _name, _moves in STAFF_MOVES.items():
    app.command(_name, help=f"{_moves[0].words.zh}. {_moves[0].words.en}.")(move_command(_name, _moves[0].given))
