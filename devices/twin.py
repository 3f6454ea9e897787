"""A virtual twin: the device's other end of the wire, speaking the same bytes, worked by hand or by a test."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

Json = str | int | float | bool | None
TwinState = Mapping[str, "Json | list[str]"]
Verbs = Mapping[str, Mapping[str, tuple[str, ...] | None]]  # verb → argument → what it may be; None: anything


class UnknownVerb(ValueError):
    """The twin has no such verb or argument; the text names those it knows."""


class Twin(Protocol):
    """`name` is the class folder (idcard, scanner, camera, printer); `port` is what its driver is configured with."""

    name: str

    @property
    def port(self) -> str: ...
    def start(self, folder: Path) -> None: ...
    def stop(self) -> None: ...
    def state(self) -> TwinState: ...
    def do(self, verb: str, arguments: Mapping[str, str]) -> None: ...
