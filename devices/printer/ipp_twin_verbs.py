"""What can be done to the virtual A4 printer by hand or by a test, and what is checked before it is done."""

import re
from collections.abc import Mapping

from devices.twin import UnknownVerb

PAPER = {"full": "", "low": "media-low-warning", "out": "media-empty-error", "jammed": "media-jam-error"}
DOOR = {"closed": "", "open": "door-open-error"}
TONER = {"full": "", "low": "toner-low-warning", "empty": "toner-empty-error"}
QUEUE = {"on": "", "paused": "paused", "offline": "offline-error"}
PARTS = {"paper": PAPER, "door": DOOR, "toner": TONER, "queue": QUEUE}
SWITCH = ("yes", "no")
FAULTS = (
    "none",
    "garbage",
    "half_frame",
    "no_http",
    "refuse",
    "abort",
    "jam",
    "lost_answer",
)  # the last four: of a job
ALWAYS = "always"
VERBS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {
    "paper": {"level": tuple(PAPER)},
    "door": {"state": tuple(DOOR)},
    "toner": {"level": tuple(TONER)},
    "queue": {"state": tuple(QUEUE)},
    "silent": {"on": SWITCH},
    "fault": {"kind": FAULTS, "times": None},
    "delay": {"seconds": None},
    "speed": {"seconds": None},
    "forget": {},
    "unplug": {},
    "plug": {},
}
LASTING = {  # see devices.twin_memory
    **{"paper": "paper", "door": "door", "toner": "toner", "queue": "queue", "silent": "silent"},
    **{"delay": "delay", "speed": "speed", "unplug": "cable", "plug": "cable"},
}
DEFAULTS = {"on": "yes", "times": "1"}


def checked(verb: str, arguments: Mapping[str, str]) -> dict[str, str]:
    """The verb's arguments with defaults filled in. Raises UnknownVerb naming what is known."""
    if verb not in VERBS:
        raise UnknownVerb(f"unknown verb '{verb}'; known: {', '.join(VERBS)}")
    known = VERBS[verb]
    values = {name: DEFAULTS[name] for name in known if name in DEFAULTS} | dict(arguments)
    if set(values) != set(known):
        raise UnknownVerb(f"{verb} takes: {', '.join(known) or 'nothing'}")
    for name, value in values.items():
        allowed = known[name]
        if allowed is not None and value not in allowed:
            raise UnknownVerb(f"{verb} {name} '{value}'; known: {', '.join(allowed)}")
    return values


def amount(name: str, text: str) -> float:
    """A number as it is typed. Raises UnknownVerb."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", text):
        raise UnknownVerb(f"{name} '{text}' is no number")
    return float(text)
