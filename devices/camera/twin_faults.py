"""What can be wrong with a camera's stream: garbage, half pictures, lengths and sizes that lie, a frozen picture."""

from dataclasses import dataclass

from devices.camera.twin_stream import part_of
from devices.twin import UnknownVerb

ALWAYS = "always"
FAULTS = ("none", "garbage", "half_frame", "broken_picture", "wrong_length", "oversized", "frozen_picture")


@dataclass
class Fault:
    """`left` pictures are still to be spoiled, None: all from now on; `every`: only each n-th beat sends a picture."""

    kind: str = "none"
    left: int | None = None
    every: int = 1
    _beat: int = 0
    _held: bytes = b""

    def arm(self, kind: str, times: int | None) -> None:
        self.kind, self.left, self._held = kind, times, b""

    def part(self, jpeg: bytes) -> bytes | None:
        """The picture as it goes over the wire now."""
        self._beat += 1
        if self._beat % self.every:
            return None
        if self.kind == "none":
            return part_of(jpeg)
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.arm("none", None)
                return part_of(jpeg)
        return self._spoilt(jpeg)

    def _spoilt(self, jpeg: bytes) -> bytes:
        middle = len(jpeg) // 2
        match self.kind:
            case "garbage":
                return bytes((7 * number + self._beat) & 0xFF for number in range(4000))
            case "half_frame":
                return part_of(jpeg[:middle])
            case "broken_picture":
                return part_of(jpeg[:middle] + bytes(middle // 2) + jpeg[middle + middle // 2 :])
            case "wrong_length":
                return part_of(jpeg, told=len(jpeg) + 700)
            case "oversized":
                return part_of(_oversized(jpeg))
            case _:
                self._held = self._held or jpeg
                return part_of(self._held)


def _oversized(jpeg: bytes) -> bytes:
    """Its frame header says 65535 px either way (ITU-T T.81, B.2.2)."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + b"\xff\xff\xff\xff" + jpeg[at + 4 :]


def times_of(text: str) -> int | None:
    """None: always. Raises UnknownVerb."""
    if text == ALWAYS:
        return None
    if not text.isdecimal():
        raise UnknownVerb(f"times={text!r}; give a whole number or {ALWAYS!r}")
    return int(text)
