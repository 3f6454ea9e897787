"""`kiosk-center due`: once, what a running center does each minute."""

from dataclasses import asdict

from center.commands.options import Blobs, Config, Database, Json, State, opened, say, say_json
from center.errors import CenterUnusable


def due(
    as_json: Json = False, state: State = None, database: Database = None, blobs: Blobs = None, config: Config = None
) -> None:
    """Accept by silence, end corrections that did not come, warn of limits: what is due now, once."""
    from center.casework.timers import run_due

    with opened(config, state, database, blobs) as center:
        done = run_due(center, center.settings.address)
    if done is None:
        raise CenterUnusable("the running center is at it just now; nothing to do here")
    if as_json:
        say_json(asdict(done))
    else:
        say(", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in asdict(done).items()))
