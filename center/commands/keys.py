"""`kiosk-center keys`: make the center's keys before its first start, and a new sealing key now and then."""

import os
from pathlib import Path
from typing import Annotated

import typer

from center.clock import SystemClock
from center.commands.options import Json, say, say_json
from center.commands.place import Config, Place, State
from center.enrolment import fingerprint
from center.errors import CenterUnusable
from center.keys import open_keys, rotate_sealing_key
from center.services import make_state_folder
from flows.keys import encode_signing_key, encode_verify_key, new_signing_key

app = typer.Typer(no_args_is_help=True, help="The center's keys.")


@app.command("init")
def init(as_json: Json = False, state: State = None, config: Config = None) -> None:
    """Make the keys that are not there yet; existing ones are left as they are."""
    settings = Place(state, config=config).settings()
    make_state_folder(settings.state_folder)
    keys, made = open_keys(settings.keys_folder, SystemClock().now())
    mark = fingerprint(keys.signing.public_key())
    if as_json:
        folder = str(settings.keys_folder)
        say_json({"folder": folder, "made": made, "fingerprint": mark, "sealing_key_id": keys.sealing.public.key_id})
    else:
        say(f"keys {'made' if made else 'already there'} in {settings.keys_folder}; fingerprint {mark}")


@app.command("rotate")
def rotate(as_json: Json = False, state: State = None, config: Config = None) -> None:
    """Make a new sealing key. Terminals learn it by themselves; the older keys stay, to open what is on its way."""
    settings = Place(state, config=config).settings()
    make_state_folder(settings.state_folder)
    keys, _ = open_keys(settings.keys_folder, SystemClock().now())
    sequence = rotate_sealing_key(settings.keys_folder, keys)
    key_id = keys.sealing.public.key_id
    if as_json:
        say_json({"folder": str(settings.keys_folder), "sequence": sequence, "sealing_key_id": key_id})
    else:
        say(f"sealing key {sequence} ({key_id}) made in {settings.keys_folder}; keep a copy of it with the others")


@app.command("publisher")
def publisher(
    file: Annotated[Path, typer.Argument(help="Where the private key goes, such as a stick of the publisher's own.")],
    as_json: Json = False,
) -> None:
    """Make the key of a publisher of matters; prints the public half, for center.toml and terminal.toml."""
    key = new_signing_key()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(encode_signing_key(key) + "\n")
    except OSError as error:
        raise CenterUnusable(f"{file}: {error.strerror}; name a file that is not there yet") from error
    public = encode_verify_key(key.public_key())
    if as_json:
        say_json({"file": str(file), "public_key": public})
    else:
        say(public)
