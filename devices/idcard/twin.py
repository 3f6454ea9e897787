"""The virtual card reader: a SAM behind a pseudo-terminal, hands to lay and lift cards, and faults to arm."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from devices.clock import Clock
from devices.idcard.cards import CARDS, load_card
from devices.idcard.frames import PREAMBLE, Command
from devices.idcard.sam import Requests, VirtualSam
from devices.pty_port import OnBytes, PtyPort
from devices.twin import TwinState, UnknownVerb

FAULTS = (
    "damaged_preamble",
    "one_byte_at_a_time",
    "garbage",
    "half_frame",
    "wrong_checksum",
    "silent",
    "slow",
)
VERBS = {
    "lay": ("card",),
    "lift": (),
    "lift_during_read": ("after",),
    "unplug": (),
    "plug": (),
    "fault": ("kind", "times", "on"),
}
ON = {"any": None, "find": Command.FIND, "select": Command.SELECT, "read": Command.READ}
NOISE = bytes.fromhex("00FFAA0096AAAA69" * 4)
SLOW = 0.7  # s before a reply begins; within every time limit of the protocol
BYTE_PAUSE = 0.0002  # s between bytes sent one at a time
BITS_PER_BYTE = 10  # 8N1
BURST = 32  # bytes of a paced reply between two looks at the clock


class Line(Protocol):
    """A serial line's far end: PtyPort, or another that can do the same."""

    @property
    def address(self) -> str: ...
    @property
    def plugged(self) -> bool: ...
    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def write(self, data: bytes) -> None: ...


class IdCardTwin:
    """`open_line` gives the wire (default: a pty at `folder/idcard.tty`); `paced` sends no faster than the baud."""

    name = "idcard"

    def __init__(
        self, clock: Clock, open_line: Callable[[Path, OnBytes], Line] = PtyPort, *, paced: bool = False
    ) -> None:
        self._clock = clock
        self._open_line = open_line
        self._paced = paced
        self._line: Line | None = None
        self._requests = Requests()
        self._sam = VirtualSam()
        self._lock = threading.Lock()
        self._card: str | None = None
        self._fault, self._times, self._on = "", 0, "any"
        self._lift_after: int | None = None

    @property
    def port(self) -> str:
        return self._line.address if self._line else ""

    def start(self, folder: Path) -> None:
        self._line = self._open_line(folder / "idcard.tty", self._hear)
        self._line.plug()

    def stop(self) -> None:
        if self._line is not None:
            self._line.unplug()

    def state(self) -> TwinState:
        with self._lock:
            return {
                "port": self.port,
                "plugged": self._line is not None and self._line.plugged,
                "card": self._card,
                "cards": list(CARDS),
                "fault": self._fault or None,
                "fault_times": self._times,
                "faults": list(FAULTS),
                "baud": self._sam.baud,
            }

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        """Raises UnknownVerb naming what is known, or what is wrong with an argument."""
        if verb not in VERBS:
            raise UnknownVerb(f"unknown verb '{verb}'; known: {', '.join(VERBS)}")
        if unknown := set(arguments) - set(VERBS[verb]):
            raise UnknownVerb(f"{verb}: unknown argument '{min(unknown)}'; known: {', '.join(VERBS[verb]) or 'none'}")
        if verb in ("plug", "unplug"):
            self._pull(plugged=verb == "plug")
            return
        with self._lock:
            self._by_hand(verb, arguments)

    def _by_hand(self, verb: str, arguments: Mapping[str, str]) -> None:
        match verb:
            case "lay":
                self._lay(arguments.get("card", "ceshijia"))
            case "lift":
                self._lift()
            case "lift_during_read":
                self._lift_after = _number(arguments, "after", 100)
            case _:
                self._arm(arguments)

    def _lay(self, name: str) -> None:
        try:
            self._sam.lay(load_card(name))
        except ValueError as error:
            raise UnknownVerb(str(error)) from error
        self._card = name

    def _lift(self) -> None:
        self._sam.lift()
        self._card = None

    def _arm(self, arguments: Mapping[str, str]) -> None:
        kind, on = arguments.get("kind", ""), arguments.get("on", "any")
        if kind not in FAULTS:
            raise UnknownVerb(f"fault: unknown kind '{kind}'; known: {', '.join(FAULTS)}")
        if on not in ON:
            raise UnknownVerb(f"fault: unknown on '{on}'; known: {', '.join(ON)}")
        self._fault, self._times, self._on = kind, _number(arguments, "times", 1), on

    def _pull(self, *, plugged: bool) -> None:
        with self._lock:
            self._sam.power_up()
        if self._line is not None:
            (self._line.plug if plugged else self._line.unplug)()

    def _hear(self, data: bytes) -> None:
        heard_at = self._clock.monotonic()
        for asked in self._requests.feed(data):
            with self._lock:
                command = int.from_bytes(asked[2:4], "big")
                reply = self._torn(self._sam.answer(asked), command)
                fault = self._take_fault(command)
            if self._paced:
                heard_at += self._wire_time(len(PREAMBLE) + len(asked))
            self._send(reply, fault, heard_at)

    def _torn(self, reply: bytes, command: int) -> bytes:
        """A reply cut off where the card was pulled away; the card is gone from then on."""
        if self._lift_after is None or command not in (Command.READ, Command.READ_WITH_FINGERPRINT):
            return reply
        reply, self._lift_after = reply[: self._lift_after], None
        self._lift()
        return reply

    def _take_fault(self, command: int) -> str:
        if not self._times or ON[self._on] not in (None, command):
            return ""
        fault, self._times = self._fault, self._times - 1
        self._fault = fault if self._times else ""
        return fault

    def _send(self, reply: bytes, fault: str, heard_at: float) -> None:
        match fault:
            case "silent":
                return
            case "slow":
                self._clock.sleep(SLOW)
            case "damaged_preamble":
                reply = bytes.fromhex("AA00AAAA9669") + reply[len(PREAMBLE) :]
            case "garbage":
                reply = NOISE + reply
            case "half_frame":
                reply = reply[: len(reply) // 2]
            case "wrong_checksum":
                reply = reply[:-1] + bytes([reply[-1] ^ 0x55])
        assert self._line is not None
        for piece in self._pieces(reply, fault, heard_at):
            self._line.write(piece)

    def _pieces(self, reply: bytes, fault: str, heard_at: float) -> Iterator[bytes]:
        if fault == "one_byte_at_a_time":
            for value in reply:
                yield bytes([value])
                self._clock.sleep(BYTE_PAUSE)
        elif self._paced:
            for start in range(0, len(reply), BURST):
                piece = reply[start : start + BURST]
                due = heard_at + self._wire_time(start + len(piece))
                self._clock.sleep(max(0.0, due - self._clock.monotonic()))
                yield piece
        else:
            yield reply

    def _wire_time(self, size: int) -> float:
        return size * BITS_PER_BYTE / self._sam.baud


def _number(arguments: Mapping[str, str], name: str, default: int) -> int:
    value = arguments.get(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise UnknownVerb(f"{name}: '{value}' is not a whole number")
    return int(value)
