"""What the running terminal notes of its sending, for `kiosk queue` to explain: no word of any case is in it."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

FILE = "sync.json"


class Sending(BaseModel):
    """`there` of `in_all` bytes of the case's attachments are at the center."""

    model_config = ConfigDict(frozen=True)

    case_id: str
    there: int
    in_all: int


class SyncNote(BaseModel):
    """Times are ISO 8601, UTC; empty where there is none. `later`: case id → when it is offered again."""

    model_config = ConfigDict(frozen=True)

    reachable: bool = False
    since: str = ""  # of being reachable, or not
    busy_until: str = ""  # the center asked not to be asked before
    next_try_at: str = ""
    sending: Sending | None = None
    later: Mapping[str, str] = {}


def write_note(folder: Path, note: SyncNote) -> None:
    """Nothing depends on it: a disk that is full or fails is no matter here."""
    path = folder / FILE
    beside = path.with_name(f".{FILE}.part")
    try:
        beside.touch(mode=0o600)
        beside.write_text(note.model_dump_json(), encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def read_note(folder: Path) -> SyncNote:
    try:
        return SyncNote.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        return SyncNote()
