"""Cuts the bytes of a scan engine into payloads: one a line, however the bytes arrive."""

from devices.scanner.zone import ZoneJoiner

LONGEST = 2048  # bytes; the grammar's longest payload in its longest encoding


class LineCutter:
    """`ends` are the bytes that end a payload; CR, LF and CRLF always do. `prefix` stands before each payload.

    `answers`: what the engine says to a trigger command; taken off wherever it stands before a payload. The lines of a
    machine-readable zone come out as one payload, apart by a space; only its first has the prefix.
    """

    def __init__(self, prefix: bytes = b"", ends: bytes = b"\r\n", answers: bytes = b"") -> None:
        self._prefix = prefix
        self._answers = answers
        self._ends = frozenset(ends) | frozenset(b"\r\n")
        self._partial = bytearray()
        self._discarding = False
        self._zone = ZoneJoiner()

    def feed(self, data: bytes) -> list[bytes]:
        """Payloads that became whole, prefix removed; lines without the prefix and over-long ones are left out."""
        lines: list[bytes] = []
        for byte in data:
            if byte in self._ends:
                lines.extend(self._finish())
            elif not self._discarding:
                self._partial.append(byte)
                if len(self._partial) > LONGEST:
                    self._partial.clear()
                    self._discarding = True
        return lines

    def silence(self) -> list[bytes]:
        """The rest will not come: half a line is dropped, what follows begins a new payload."""
        self._drop_partial()
        return self._zone.release()

    def _drop_partial(self) -> None:
        self._partial.clear()
        self._discarding = False

    def _finish(self) -> list[bytes]:
        line, whole = bytes(self._partial), not self._discarding
        self._drop_partial()
        if self._answers:
            while line.startswith(self._answers):
                line = line.removeprefix(self._answers)
        if not line or not whole:
            return []
        if self._zone.wanted(line):
            return self._zone.feed(line)
        return self._zone.feed(line.removeprefix(self._prefix)) if line.startswith(self._prefix) else []
