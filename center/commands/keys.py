"""`kiosk-center keys`: make the center's keys before it is started for the first time."""

import typer

from center.clock import SystemClock
from center.commands.options import Config, Json, State, say, say_json, settings_of
from center.enrolment import fingerprint
from center.keys import open_keys
from center.services import make_state_folder

app = typer.Typer(no_args_is_help=True, help="The center's keys.")


@app.command("init")
def init(as_json: Json = False, state: State = None, config: Config = None) -> None:
    """Make the keys that are not there yet; existing ones are left as they are."""
    settings = settings_of(config, state, None, None)
    make_state_folder(settings.state_folder)
    keys, made = open_keys(settings.keys_folder, SystemClock().now())
    mark = fingerprint(keys.signing.public_key())
    if as_json:
        folder = str(settings.keys_folder)
        say_json({"folder": folder, "made": made, "fingerprint": mark, "sealing_key_id": keys.sealing.public.key_id})
    else:
        say(f"keys {'made' if made else 'already there'} in {settings.keys_folder}; fingerprint {mark}")


@app.callback()
def _keys() -> None:
    """Keeps `init` a subcommand while it is the only one."""
