"""Cuts a stream of a card reader's frames for readers with two pipes: preamble and length on one, the rest on another.

The vendor document of such a reader shows the head (AA AA AA 96 69 and LEN) on pipe 0x02, the body on 0x06, and the
replies the same way on 0x81 and 0x85.
"""

MARK = bytes.fromhex("AA9669")
LENGTH_SIZE = 2
LONGEST = 0x0A00  # LEN; more is noise that looked like a frame
HEAD, BODY = 0, 1


class FrameSplit:
    """Bytes in, pieces out, each with the pipe it belongs on; noise between frames belongs on the first."""

    def __init__(self) -> None:
        self._head = b""  # what may be the beginning of a mark and its length
        self._due = 0  # bytes of the body

    @property
    def next_pipe(self) -> int:
        return BODY if self._due else HEAD

    def cut(self, data: bytes) -> list[tuple[int, bytes]]:
        pieces: list[tuple[int, bytes]] = []
        while data:
            pipe = self.next_pipe
            size = min(self._due, len(data)) if pipe is BODY else self._head_ends(data)
            if pipe is BODY:
                self._due -= size
            pieces.append((pipe, data[:size]))
            data = data[size:]
        return pieces

    def _head_ends(self, data: bytes) -> int:
        """How many bytes of `data` are head, or noise; where a head ends, its body is due."""
        seen = self._head + data
        at = seen.find(MARK)
        while at >= 0:
            ends = at + len(MARK) + LENGTH_SIZE
            if ends > len(seen):
                self._head = seen[at:]
                return len(data)
            length = int.from_bytes(seen[ends - LENGTH_SIZE : ends], "big")
            if 0 < length <= LONGEST:
                self._head, self._due = b"", length
                return ends - (len(seen) - len(data))
            at = seen.find(MARK, at + 1)
        self._head = seen[1 - len(MARK) :]
        return len(data)
