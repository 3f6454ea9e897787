"""Cuts the bytes of a scan engine into payloads: one a line, however the bytes arrive."""

LONGEST = 2048  # bytes; the grammar's longest payload in its longest encoding


class LineCutter:
    """`ends` are the bytes that end a payload; CR, LF and CRLF always do. `prefix` stands before each payload."""

    def __init__(self, prefix: bytes = b"", ends: bytes = b"\r\n") -> None:
        self._prefix = prefix
        self._ends = frozenset(ends) | frozenset(b"\r\n")
        self._partial = bytearray()
        self._discarding = False

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

    def drop_partial(self) -> None:
        """The rest will not come: what follows begins a new payload."""
        self._partial.clear()
        self._discarding = False

    def _finish(self) -> list[bytes]:
        line = bytes(self._partial)
        whole = bool(line) and not self._discarding and line.startswith(self._prefix)
        self.drop_partial()
        return [line.removeprefix(self._prefix)] if whole else []
