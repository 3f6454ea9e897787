"""`kiosk-center cases`: what has arrived, what came on a stick, and one case opened for whoever has the keys."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import JsonValue

from center.blobs import BlobMissing
from center.cases import OpenedCase, attachments_of, decision_of, document_of, find_case, list_cases, open_case
from center.commands.options import Blobs, Config, Database, Json, State, opened, say, say_json
from center.errors import CenterUnusable
from center.services import Center
from center.tables import CaseRecord
from flows.case import CITIZEN_STATES, iso_seconds

if TYPE_CHECKING:
    from center.importing import Imported, Skipped

app = typer.Typer(no_args_is_help=True, help="Cases the terminals have sent.")
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}


@app.command("list")
def show_all(as_json: Json = False, state: State = None, database: Database = None, config: Config = None) -> None:
    """One line a case, oldest first; nobody is named."""
    with opened(config, state, database) as center:
        for record in list_cases(center):
            line = _summary(record)
            words = next(text.zh for name, text in CITIZEN_STATES.items() if name == record.state)
            if as_json:
                say_json(line)
            else:
                say(f"{record.case_number}  {words}  {line['received_at']}  {record.matter}  {record.case_id}")


@app.command("show")
def show(
    id_or_number: Annotated[str, typer.Argument(metavar="ID_OR_NUMBER")],
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(help="Folder to write attachments and document to.")] = None,
    state: State = None,
    database: Database = None,
    blobs: Blobs = None,
    config: Config = None,
) -> None:
    """Open one case: what was answered, its attachments and its decision."""
    with opened(config, state, database, blobs) as center:
        record = find_case(center, id_or_number)
        if record is None:
            raise CenterUnusable(f"no case {id_or_number}; see: kiosk-center cases list")
        case = open_case(center, record.case_id)
        files = _write_files(center, case, out) if out is not None else []
        shown = _whole(center, case, files)
    if as_json:
        say_json(shown)
        return
    for key, value in shown.items():
        say(f"{key}: {value}")


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A stick that `kiosk queue export` wrote to.")],
    as_json: Json = False,
    state: State = None,
    database: Database = None,
    blobs: Blobs = None,
    config: Config = None,
) -> None:
    """Take the sealed cases in FOLDER, and write each one's receipt beside it for `kiosk queue import-receipts`."""
    from center.importing import Imported, import_folder

    counts = {"new": 0, "again": 0, "skipped": 0}
    with opened(config, state, database, blobs) as center:
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


def _summary(record: CaseRecord) -> dict[str, JsonValue]:
    return {
        "case_id": record.case_id,
        "case_number": record.case_number,
        "matter": record.matter,
        "kind": record.kind,
        "state": record.state,
        "state_since": iso_seconds(record.state_since),
        "received_at": iso_seconds(record.received_at),
    }


def _whole(center: Center, opened_case: OpenedCase, files: list[str]) -> dict[str, JsonValue]:
    decision = decision_of(center, opened_case.record.case_id)
    files_written: list[JsonValue] = list(files)
    return _summary(opened_case.record) | {
        "terminal_id": opened_case.envelope.terminal_id,
        "sequence": opened_case.envelope.sequence,
        "case": opened_case.case.model_dump(mode="json"),
        "decision": decision.model_dump(mode="json") if decision else None,
        "files": files_written,
    }


def _write_files(center: Center, case: OpenedCase, folder: Path) -> list[str]:
    """Names of attachments and document as written; readable by their owner only. Raises CenterUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        written = [
            _write(folder / f"{name}.{_EXTENSIONS.get(media_type, 'bin')}", plain)
            for name, media_type, plain in attachments_of(center, case)
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
