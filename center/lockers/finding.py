"""What a locker adapter is, and how one is found by its name: `sample-locker` is `sample_locker.py`."""

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

import center.lockers

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NOT_ADAPTERS = ("finding",)


class LockerUnavailable(Exception):
    """The locker does not answer, or has no room; the message names the locker and nobody."""


class Locker(Protocol):
    """A module under `center/lockers`."""

    def stands_at(self, site: str) -> bool:
        """Whether whoever is at a terminal of this site stands before it: only then is it opened."""
        ...

    def put_in(self, case_number: str) -> str:
        """Opens an empty compartment for staff; its name, as it is told to people. Raises LockerUnavailable."""
        ...

    def open(self, compartment: str) -> None:
        """Raises LockerUnavailable."""
        ...


def find_locker(name: str) -> Locker | None:
    """None when there is no adapter of that name."""
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or module in _NOT_ADAPTERS:
        return None
    path = f"{center.lockers.__name__}.{module}"
    return cast("Locker", import_module(path)) if find_spec(path) else None
