"""Joins the lines of a travel document's machine-readable zone, which a reader sends apart, into one payload.

Only the shape is looked at (ICAO Doc 9303: 2 lines of 44 or 36 characters, 3 of 30, of 0-9 A-Z and <); what the lines
say is the business of whoever asked for a zone.
"""

import re

LINE = re.compile(rb"[0-9A-Z<]*")
FIRST = re.compile(rb"[A-Z][A-Z<][0-9A-Z<]*<[0-9A-Z<]*")  # there is no first line without a filler
LINES = {44: 2, 36: 2, 30: 3}  # length of a line: how many make a zone
BETWEEN = b" "  # what stands for the line end in the payload: control bytes never pass


def begins_zone(line: bytes) -> bool:
    return len(line) in LINES and FIRST.fullmatch(line) is not None


class ZoneJoiner:
    """Not shared between threads. A first line is held back until the others came or something else did."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def feed(self, line: bytes) -> list[bytes]:
        """The payloads that are whole now; a lone line that only looked like a first one is among them."""
        if self._held and self.wanted(line):
            self._held.append(line)
            if len(self._held) < LINES[len(line)]:
                return []
            return [BETWEEN.join(self.release())]
        before = self.release()
        if begins_zone(line):
            self._held = [line]
            return before
        return [*before, line]

    def wanted(self, line: bytes) -> bool:
        """Whether `line` goes on with the zone that is held."""
        return bool(self._held) and len(line) == len(self._held[0]) and LINE.fullmatch(line) is not None

    def release(self) -> list[bytes]:
        """The lines that are held, each for itself: no zone came of them."""
        held, self._held = self._held, []
        return held
