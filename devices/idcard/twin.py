"""The virtual card reader: a SAM behind a pseudo-terminal, hands to lay and lift cards, and faults to arm."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from devices.clock import Clock
from devices.idcard.cards import CARDS, load_card
from devices.idcard.faults import KINDS, ON, SLOW, Fault, armed, armed_noise, in_pieces, whole_number
from devices.idcard.frames import PREAMBLE
from devices.idcard.question import READS
from devices.idcard.rates import FASTEST, RATES
from devices.idcard.resampling import resampled
from devices.idcard.sam import Requests, VirtualSam
from devices.pty_port import OnBytes, Port, PtyPort
from devices.twin import TwinState, UnknownVerb

SWITCH = ("yes", "no")
VERBS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {  # verb → argument → what it may be; None: free
    "lay": {"card": None},
    "lift": {},
    "lift_during_read": {"after": None},
    "unplug": {},
    "plug": {},
    "silent": {"on": SWITCH},
    "delay": {"seconds": None},
    "baud": {"rate": tuple(map(str, RATES))},
    "noise": {"at": None, "bytes": None, "times": None, "on": tuple(ON)},
    "fault": {"kind": KINDS, "times": None, "on": tuple(ON)},
}
LASTING = {  # see devices.twin_memory
    **{"lay": "card", "lift": "card", "unplug": "cable", "plug": "cable"},
    **{"silent": "silent", "delay": "delay", "baud": "baud"},
}
BYTE_PAUSE = 0.0002  # s between bytes sent one at a time
BITS_PER_BYTE = 10  # 8N1
BURST = 32  # bytes of a paced reply between two looks at the clock
LONGEST_DELAY = 60.0  # s
LOOK = 0.05  # s between two looks whether the cable was pulled during a delay


@runtime_checkable
class HasSpeed(Protocol):
    """A far end that knows the baud rate the driver's end is set to."""

    def speed(self) -> int | None: ...


class IdCardTwin:
    """`open_line` gives the wire (default: a pty at `folder/idcard.tty`); `paced` sends no faster than the baud.

    On a wire with a baud rate a driver set to another one hears garbage and is heard as garbage, as on a real one.
    """

    name = "idcard"

    def __init__(
        self, clock: Clock, open_line: Callable[[Path, OnBytes], Port] = PtyPort, *, paced: bool = False
    ) -> None:
        self._clock = clock
        self._open_line = open_line
        self._paced = paced
        self._line: Port | None = None
        self._requests = Requests()
        self._sam = VirtualSam()
        self._lock = threading.Lock()
        self._card: str | None = None
        self._fault = Fault()
        self._silent = False
        self._delay = 0.0
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
                "fault": self._fault.kind or None,
                "fault_times": -1 if self._fault.left is None else self._fault.left,
                "faults": list(KINDS),
                "silent": self._silent,
                "delay": self._delay,
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
                self._lift_after = whole_number(arguments, "after", 100)
            case "silent":
                self._silent = _one_of(verb, "on", arguments.get("on", "yes"), SWITCH) == "yes"
            case "delay":
                self._delay = _seconds(arguments.get("seconds", "1"))
            case "baud":
                self._sam.baud = int(_one_of(verb, "rate", arguments.get("rate", str(FASTEST)), VERBS[verb]["rate"]))
                self._sam.first_baud = self._sam.baud
            case "noise":
                self._fault = armed_noise(arguments)
            case _:
                self._fault = armed(arguments)

    def _lay(self, name: str) -> None:
        try:
            self._sam.lay(load_card(name))
        except ValueError as error:
            raise UnknownVerb(str(error)) from error
        self._card = name

    def _lift(self) -> None:
        self._sam.lift()
        self._card = None

    def _pull(self, *, plugged: bool) -> None:
        with self._lock:
            self._sam.plug_in()
            self._requests = Requests()
        if self._line is not None:
            (self._line.plug if plugged else self._line.unplug)()

    def _hear(self, data: bytes) -> None:
        heard_at = self._clock.monotonic()
        for asked in self._requests.feed(resampled(data, self._speed(), self._sam.baud)):
            with self._lock:
                if self._silent:
                    continue
                baud = self._sam.baud  # a change of rate is answered at the old one
                command = int.from_bytes(asked[2:4], "big")
                reply = self._torn(self._sam.answer(asked), command)
                kind = self._fault.take(command)
                reply = self._fault.spoil(kind, reply)
            if self._paced:
                heard_at += (len(PREAMBLE) + len(asked)) * BITS_PER_BYTE / baud
            self._send(reply, kind, baud, heard_at)

    def _torn(self, reply: bytes, command: int) -> bytes:
        """A reply cut off where the card was pulled away; the card is gone from then on."""
        if self._lift_after is None or command not in READS:
            return reply
        reply, self._lift_after = reply[: self._lift_after], None
        self._lift()
        return reply

    def _send(self, reply: bytes, kind: str, baud: int, heard_at: float) -> None:
        until = self._clock.monotonic() + self._delay + (SLOW if kind == "slow" else 0.0)
        assert self._line is not None
        while self._line.plugged and (left := until - self._clock.monotonic()) > 0:
            self._clock.sleep(min(left, LOOK))
        for piece in self._pieces(resampled(reply, baud, self._speed()), kind, baud, heard_at):
            self._line.write(piece)

    def _pieces(self, reply: bytes, kind: str, baud: int, heard_at: float) -> Iterator[bytes]:
        if kind == "one_byte_at_a_time":
            for piece in in_pieces(reply, 1):
                yield piece
                self._clock.sleep(BYTE_PAUSE)
        elif self._paced:
            due = heard_at
            for piece in in_pieces(reply, BURST):
                due += len(piece) * BITS_PER_BYTE / baud
                self._clock.sleep(max(0.0, due - self._clock.monotonic()))
                yield piece
        elif reply:
            yield reply

    def _speed(self) -> int:
        """What the driver's end is set to; on a wire without a rate that is always the right one."""
        speed = self._line.speed() if isinstance(self._line, HasSpeed) else None
        return speed or self._sam.baud


def _one_of(verb: str, name: str, value: str, known: tuple[str, ...] | None) -> str:
    if value not in (known or ()):
        raise UnknownVerb(f"{verb}: unknown {name} '{value}'; known: {', '.join(known or ())}")
    return value


def _seconds(written: str) -> float:
    try:
        seconds = float(written)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds <= LONGEST_DELAY:
        raise UnknownVerb(f"seconds: '{written[:40]}' is not a number from 0 to {LONGEST_DELAY:g}")
    return seconds
