"""What can be wrong with the virtual printer, and how its status bytes say so."""

from dataclasses import dataclass, field

CONDITIONS = ("cutter", "cutter_next", "heat", "mechanical", "unrecoverable", "offline")  # of the machine
SPOILED = ("garbage", "half_frame", "echo")  # answers
LACKS = ("no_ordered_status", "no_process_id", "no_status_back", "no_status")  # GS r, GS ( H, GS a, DLE EOT
FAULTS = ("none", *CONDITIONS, *SPOILED, *LACKS)
STOPPING = ("cutter", "heat", "mechanical", "unrecoverable", "offline")
ALWAYS = "always"
GARBAGE = b"\xff"
ERROR_BITS = {"mechanical": 0x04, "cutter": 0x08, "unrecoverable": 0x20, "heat": 0x40}


@dataclass
class Faults:
    """Several at once; `none` ends them all. Spoiled answers can be counted, everything else lasts."""

    _left: dict[str, int | None] = field(default_factory=dict)  # None: always

    def __contains__(self, kind: str) -> bool:
        return kind in self._left

    def set(self, kind: str, times: str) -> None:
        if kind == "none":
            self._left.clear()
        elif times == "0":
            self._left.pop(kind, None)
        else:
            self._left[kind] = int(times) if kind in SPOILED and times != ALWAYS else None

    def become(self, kind: str, other: str) -> None:
        self._left[other] = self._left.pop(kind)

    def named(self) -> str:
        return "+".join(self._left) or "none"

    @property
    def stops(self) -> bool:
        return any(kind in self._left for kind in STOPPING)

    @property
    def error_bits(self) -> int:
        return sum(bit for kind, bit in ERROR_BITS.items() if kind in self._left)

    def spoiled(self, answer: bytes) -> bytes:
        """What goes over the wire instead of `answer`; counts one time."""
        kind = next((kind for kind in ("garbage", "half_frame") if kind in self._left), None)
        if kind is None:
            return answer
        left = self._left[kind]
        if left is not None:
            self._left[kind] = left - 1
            if left <= 1:
                del self._left[kind]
        return GARBAGE if kind == "garbage" else answer[: len(answer) // 2]


@dataclass(frozen=True)
class Condition:
    """`errors` as in the answer to DLE EOT 3; `waiting`: a receipt lies in the presenter."""

    paper: str
    opened: bool
    errors: int
    stopped: bool
    waiting: bool = False

    @property
    def out(self) -> bool:
        return self.paper == "out"

    def answer(self, n: int, *, presenter: bool) -> bytes:
        """To DLE EOT n: one byte whose bits 1 and 4 are always set (Epson); six for 20, where there is a presenter."""
        near = self.out or self.paper == "low"
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.opened | 0x20 * self.out | 0x40 * bool(self.errors),
            3: self.errors,
            4: 0x60 * self.out | 0x0C * near,
        }
        if n == 20 and presenter:
            paper = 0x01 * self.out | 0x04 * near | 0x20 * self.waiting
            return bytes((0x10, 0x0F, paper, 0x02 * self.opened, 0x00, 0x00))
        return bytes((0x12 | bits[n],)) if n in bits else b""

    @property
    def pushed(self) -> bytes:
        """Automatic Status Back: four bytes."""
        near = self.out or self.paper == "low"
        printer = 0x10 | 0x08 * self.stopped | 0x20 * self.opened
        return bytes((printer, self.errors, 0x03 * near | 0x0C * self.out, 0x0F))
