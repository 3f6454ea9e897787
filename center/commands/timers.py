"""`kiosk-center due`: once, what a running center does each minute."""

from dataclasses import asdict

from center.commands.options import Json, say, say_json
from center.commands.place import Place, placed
from center.errors import CenterUnusable


@placed
def due(place: Place, as_json: Json = False) -> None:
    """Accept by silence, end corrections that did not come, warn of limits: what is due now, once."""
    from center.casework.timers import run_due

    with place.opened() as center:
        done = run_due(center, center.settings.address)
    if done is None:
        raise CenterUnusable("the running center is at it just now; nothing to do here")
    if as_json:
        say_json(asdict(done))
    else:
        say(", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in asdict(done).items()))
