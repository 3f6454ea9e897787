"""What can be done to the virtual printer by hand or by a test, and what is checked before it is done."""

from collections.abc import Mapping

from devices.printer.twin_faults import ALWAYS, FAULTS
from devices.twin import UnknownVerb

DOTS = {"80": 576, "58": 384}  # mm of paper → dots of the head
PAPER = ("full", "low", "out")
COVER = ("closed", "open")
SWITCH = ("yes", "no")
VERBS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {  # verb → argument → what it may be; None: a number
    "paper": {"level": PAPER},
    "cover": {"state": COVER},
    "take": {},
    "out_after": {"lines": None},
    "silent": {"on": SWITCH},
    "fault": {"kind": FAULTS, "times": None},
    "delay": {"seconds": None},
    "unplug": {"after_bytes": None},
    "plug": {},
    "brown_out": {"after_bytes": None, "seconds": None},
    "presenter": {"on": SWITCH},
    "roll": {"width": tuple(DOTS)},
}
LASTING = {  # see devices.twin_memory
    **{"paper": "paper", "cover": "cover", "roll": "roll", "presenter": "presenter"},
    **{"silent": "silent", "delay": "delay", "unplug": "cable", "plug": "cable"},
}
DEFAULTS = {"on": "yes", "after_bytes": "0", "times": ALWAYS, "brown_out seconds": "1.5"}


def checked(verb: str, arguments: Mapping[str, str]) -> dict[str, str]:
    """The verb's arguments with defaults filled in. Raises UnknownVerb naming what is known."""
    if verb not in VERBS:
        raise UnknownVerb(f"printer: unknown verb {verb!r}; known: {', '.join(VERBS)}")
    allowed = VERBS[verb]
    for key in arguments:
        if key not in allowed:
            raise UnknownVerb(f"printer {verb}: unknown argument {key!r}; known: {', '.join(allowed) or 'none'}")
    values = {key: str(arguments.get(key, DEFAULTS.get(f"{verb} {key}", DEFAULTS.get(key, "")))) for key in allowed}
    for key, known in allowed.items():
        if not (_is_number(key, values[key]) if known is None else values[key] in known):
            raise UnknownVerb(f"printer {verb}: {key}={values[key]!r}; known: {', '.join(known or ('a number',))}")
    return values


def _is_number(key: str, value: str) -> bool:
    if key == "times" and value == ALWAYS:
        return True
    whole, point, part = value.partition(".")
    return whole.isdecimal() and (not point or (key == "seconds" and part.isdecimal()))
