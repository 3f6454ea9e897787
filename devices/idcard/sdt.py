"""Driver for identity-card readers that speak SDT/SAM frames, on whatever line they hang."""

from collections.abc import Callable
from dataclasses import dataclass

from devices.clock import Clock
from devices.idcard.frames import Command
from devices.idcard.rates import FASTEST, FIND_IT, RATES, find_rate, is_tunable, raise_rate
from devices.idcard.sam_reader import STATUS_TIME, SamReader
from devices.idcard.wire import Wire
from devices.lines import make_line
from devices.lines.line import Line

OpenLine = Callable[[str, int, Clock, str], Line]


@dataclass(frozen=True)
class Options:
    """`port`: a device, a path or a URL; `baud`: 0 finds the rate the reader answers at, then `raise_baud` asks a slow
    one for 115200; `newest_address`: also read an address changed after issue; `fingerprint`: also ask whose prints are
    on the card (the prints themselves are not kept); `photo_decoder`: the path of a library with `GetBmp`.
    """

    port: str
    baud: int = FASTEST
    newest_address: bool = False
    fingerprint: bool = False
    raise_baud: bool = False
    photo_decoder: str = ""

    def __post_init__(self) -> None:
        if self.baud not in (FIND_IT, *RATES):
            raise ValueError(f"baud = {self.baud} is no rate of a card reader; known: {FIND_IT} (find it), {RATES}")


class SdtReader(SamReader):
    """Needs only find, select and read of a reader; the other commands are used where they are answered."""

    features = frozenset({"newestAddress", "fingerprintPositions"})

    def __init__(self, name: str, options: Options, clock: Clock, open_line: OpenLine = make_line) -> None:
        self._options = options
        self._finds_rate = options.baud == FIND_IT and is_tunable(options.port)
        baud = options.baud or FASTEST
        self._wire = Wire(options.port, lambda rate: open_line(options.port, rate, clock, "card reader"), baud, clock)
        super().__init__(
            name, self._wire, clock, newest_address=options.newest_address, photo_decoder=options.photo_decoder
        )
        if options.fingerprint:
            self.read_command = Command.READ_WITH_FINGERPRINT

    def open(self) -> None:
        """With `baud = 0` the rate is looked for, at most 5 s; the one that was answered last is tried first."""
        if self._wire.is_open:
            return
        super().open()
        if self._finds_rate:
            self._wire.begin()
            self._find_rate()

    def _answers_after_all(self) -> bool:
        return self._finds_rate and self._find_rate()

    def _findings(self) -> tuple[str, ...]:
        return (f"answers at {self._wire.baud} baud",) if is_tunable(self._options.port) else ()

    def _find_rate(self) -> bool:
        self._wire.within(STATUS_TIME)
        found = find_rate(self._wire)
        if found and self._options.raise_baud:
            raise_rate(self._wire)
        return found


def create(name: str, options: Options, clock: Clock) -> SdtReader:
    """Raises DeviceLost where there is no such photo decoder."""
    return SdtReader(name, options, clock)
