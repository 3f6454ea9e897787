"""`kiosk-center backup` and `restore`: beside a running center, and into an empty one."""

from pathlib import Path
from typing import Annotated

import typer

from center.clock import SystemClock
from center.commands.options import Json, say, say_json
from center.commands.place import Place, placed

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="On another disk than the center's.")]


@placed
def backup(place: Place, folder: Folder, as_json: Json = False) -> None:
    """Copy database and blobs (not the keys) to FOLDER; also while the center runs."""
    from center.backup import write_backup

    with place.opened() as center:
        copied = write_backup(center, folder)
    if as_json:
        say_json({"file": str(copied.file), "envelopes": copied.envelopes, "new_blobs": copied.blobs})
    else:
        say(f"{copied.file}: {copied.envelopes} envelopes; {copied.blobs} blobs new in {folder / 'blobs'}")


@placed
def restore(place: Place, folder: Folder, as_json: Json = False) -> None:
    """Fill an empty center with the newest backup in FOLDER; terminals then offer again what came after it."""
    from center.backup import restore_backup
    from center.services import make_state_folder

    settings = place.settings()
    make_state_folder(settings.state_folder)
    copied = restore_backup(settings, folder, SystemClock())
    if as_json:
        say_json({"file": str(copied.file), "envelopes": copied.envelopes, "new_blobs": copied.blobs})
    else:
        say(f"restored {copied.envelopes} envelopes and {copied.blobs} blobs from {copied.file}; start the center")
