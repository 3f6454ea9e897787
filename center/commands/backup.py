"""`kiosk-center backup` and `restore`: beside a running center, and into an empty one."""

from pathlib import Path
from typing import Annotated

import typer

from center.clock import SystemClock
from center.commands.options import Blobs, Config, Database, Json, State, opened, say, say_json, settings_of

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="On another disk than the center's.")]


def backup(
    folder: Folder,
    as_json: Json = False,
    state: State = None,
    database: Database = None,
    blobs: Blobs = None,
    config: Config = None,
) -> None:
    """Copy database and blobs (not the keys) to FOLDER; also while the center runs."""
    from center.backup import write_backup

    with opened(config, state, database, blobs) as center:
        copied = write_backup(center, folder)
    if as_json:
        say_json({"file": str(copied.file), "envelopes": copied.envelopes, "new_blobs": copied.blobs})
    else:
        say(f"{copied.file}: {copied.envelopes} envelopes; {copied.blobs} blobs new in {folder / 'blobs'}")


def restore(
    folder: Folder,
    as_json: Json = False,
    state: State = None,
    database: Database = None,
    blobs: Blobs = None,
    config: Config = None,
) -> None:
    """Fill an empty center with the newest backup in FOLDER; terminals then offer again what came after it."""
    from center.backup import restore_backup
    from center.services import make_state_folder

    settings = settings_of(config, state, database, blobs)
    make_state_folder(settings.state_folder)
    copied = restore_backup(settings, folder, SystemClock())
    if as_json:
        say_json({"file": str(copied.file), "envelopes": copied.envelopes, "new_blobs": copied.blobs})
    else:
        say(f"restored {copied.envelopes} envelopes and {copied.blobs} blobs from {copied.file}; start the center")
