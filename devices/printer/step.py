"""Brings a printer and the driver in step: how it confirms, and out of a command that was cut short half way."""

from devices.clock import Clock
from devices.printer.confirm import FILL, Confirms, probe_number, tail
from devices.printer.line import PrinterLine

PROBE_LIMIT = 1.5  # s; at once, unless the printer is busy printing or in the middle of a command
SECOND_LIMIT = 4.0  # s; the longest receipt of an earlier run is printed by then
GRACE = 0.3  # s; an answer in turn may overtake the process number that was asked before it
VOID = (
    b"\x1b@\x1c&" + "\n以上内容不完整，作废\nIncomplete, void\n".encode("gbk") + b"\x1bd\x05\x1dV\x01"
)  # text and cut


class Step:
    """`confirms` is found out once an opening; `torn`: a command of ours was cut short, the printer waits for more."""

    def __init__(self, line: PrinterLine, clock: Clock) -> None:
        self._line = line
        self._clock = clock
        self.confirms = Confirms.UNKNOWN
        self.torn = False

    def forget(self) -> None:
        """A new opening: another printer may be there."""
        self.confirms = Confirms.UNKNOWN

    def take(self) -> None:
        """Asks the printer to report in its turn; where it does not, ends a half command, and its paper is marked void.

        Raises DeviceLost and DeviceTimeout.
        """
        if self.confirms is not Confirms.UNKNOWN and not self.torn:
            return
        first = probe_number(self._clock.monotonic())
        found = Confirms.UNKNOWN if self.torn else self._probe(first, PROBE_LIMIT)
        if found is Confirms.UNKNOWN:
            found = self._fill(first)
        self.confirms, self.torn = found, False

    def _fill(self, first: bytes) -> Confirms:
        """Raises DeviceTimeout where the printer takes no more; it is still torn then."""
        barriers = self._line.barriers
        self._line.write(FILL)
        found = self._probe(probe_number(self._clock.monotonic() + 1), SECOND_LIMIT)
        late = first in self._line.finished or self._line.barriers > barriers + (found is Confirms.BARRIER)
        if self.torn or (found is not Confirms.UNKNOWN and not late):
            self._line.write(VOID)
        return Confirms.NOTHING if found is Confirms.UNKNOWN else found

    def _probe(self, number: bytes, limit: float) -> Confirms:
        before = self._line.barriers
        self._line.write(tail(Confirms.UNKNOWN, number))
        until, last = self._clock.monotonic() + limit, False
        while not last:
            last = self._clock.monotonic() >= until  # and still one look: it may be this program that stood still
            self._line.hear()
            if number in self._line.finished:
                return Confirms.PROCESS
            if self._line.barriers > before:
                self._line.hear(GRACE)
                return Confirms.PROCESS if number in self._line.finished else Confirms.BARRIER
        return Confirms.UNKNOWN
