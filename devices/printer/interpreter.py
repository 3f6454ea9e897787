"""Reads ESC/POS bytes the way a printer does: commands with their arguments, and runs of characters between them."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """`name` is the command's opening bytes; `arguments` all that follows; an unknown byte has the name b""."""

    name: bytes
    arguments: bytes = b""


@dataclass(frozen=True)
class Character:
    """One character of the printer's font, one byte or two."""

    code: bytes


Element = Command | Character

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10
FIXED = {
    **dict.fromkeys((b"\n", b"\r", b"\x1b@", b"\x1b2", b"\x1c&", b"\x1c."), 0),
    **dict.fromkeys((b"\x1b!", b"\x1bE", b"\x1bG", b"\x1ba", b"\x1bt", b"\x1b3", b"\x1b-", b"\x1bM", b"\x1bR"), 1),
    **dict.fromkeys((b"\x1bd", b"\x1bJ", b"\x1b{", b"\x1b ", b"\x1c!", b"\x1c-"), 1),
    **dict.fromkeys((b"\x1d!", b"\x1dB", b"\x1da", b"\x1dr", b"\x10\x04", b"\x10\x05"), 1),
    **dict.fromkeys((b"\x1dL", b"\x1dW", b"\x1cS"), 2),
}
CUT, RASTER, TWO_DIMENSIONAL = b"\x1dV", b"\x1dv0", b"\x1d(k"
WITH_LENGTH = b"\x1d("  # a third byte, and two bytes that say how many follow
NOTHING = b"\x00"  # printers pass over it; a run of them is one element
CUT_AND_FEED = (65, 66)  # m of GS V that is followed by n


class Interpreter:
    """Bytes in, elements out; keeps what is not yet complete. Out of Chinese mode at first and after ESC @."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._chinese = False

    @property
    def held(self) -> int:
        """Bytes taken in and not yet given out."""
        return len(self._held)

    def feed(self, data: bytes) -> None:
        self._held += data

    def forget(self) -> None:
        """Power off: what was held is gone."""
        self._held.clear()
        self._chinese = False

    def elements(self) -> Iterator[tuple[Element, bytes]]:
        """Complete elements with their raw bytes; stop asking, and the rest stays held."""
        while (found := self._next()) is not None:
            element, length = found
            raw = bytes(self._held[:length])
            del self._held[:length]
            self._follow(element)
            yield element, raw

    def _follow(self, element: Element) -> None:
        if isinstance(element, Command) and element.name in (b"\x1b@", b"\x1c&", b"\x1c."):
            self._chinese = element.name == b"\x1c&"

    def _next(self) -> tuple[Element, int] | None:
        if not self._held:
            return None
        first = self._held[0]
        if first in (ESC, FS, GS, DLE):
            return self._command()
        if not first:
            return self._run_of_nothing()
        if first in b"\n\r":
            return Command(bytes((first,))), 1
        if first < 0x20 or first == 0x7F:
            return Command(b"", bytes((first,))), 1
        return self._character()

    def _run_of_nothing(self) -> tuple[Element, int]:
        length = len(self._held) - len(self._held.lstrip(NOTHING))
        return Command(NOTHING, bytes(length)), length

    def _character(self) -> tuple[Element, int] | None:
        held = self._held
        if not self._chinese or held[0] < 0x81:
            return Character(bytes(held[:1])), 1
        if len(held) < 2:
            return None
        if held[0] == 0xFF or not (0x40 <= held[1] <= 0xFE and held[1] != 0x7F):
            return Command(b"", bytes(held[:1])), 1
        return Character(bytes(held[:2])), 2

    def _command(self) -> tuple[Element, int] | None:
        held = bytes(self._held[:4])
        if len(held) < 2 or (held in (RASTER[:2], WITH_LENGTH)):
            return None
        name = held[:2]
        if name in FIXED:
            return self._complete(name, FIXED[name])
        if name == CUT:
            return self._complete(name, 1 + (len(held) > 2 and held[2] in CUT_AND_FEED))
        if held[:3] == RASTER:
            return self._raster()
        if name == WITH_LENGTH:
            return self._with_length(held[:3], 2, int.from_bytes(self._held[3:5], "little"))
        return Command(b"", held[:1]), 1

    def _raster(self) -> tuple[Element, int] | None:
        header = self._held[3:8]
        size = int.from_bytes(header[1:3], "little") * int.from_bytes(header[3:5], "little")
        return self._with_length(RASTER, 5, size)

    def _with_length(self, name: bytes, header: int, size: int) -> tuple[Element, int] | None:
        return None if len(self._held) < len(name) + header else self._complete(name, header + size)

    def _complete(self, name: bytes, arguments: int) -> tuple[Element, int] | None:
        end = len(name) + arguments
        if len(self._held) < end:
            return None
        return Command(name, bytes(self._held[len(name) : end])), end
