"""The wire to a card reader: requests out, replies read exactly as long as they are, within the time of the command."""

import math
from collections.abc import Callable

from devices.clock import Clock
from devices.device import DeviceLost, DeviceTimeout, ProtocolError
from devices.idcard.exchange import CommandTime
from devices.idcard.frames import (
    LENGTH_SIZE,
    LONGEST,
    MARK,
    SHORTEST,
    SMALLEST_REPLY,
    Command,
    Damaged,
    Incomplete,
    Reply,
    request,
    scan,
)
from devices.lines.line import SLICE, Line

BODY_PAUSE = 2.0  # s; a reply that has begun may pause this long, vendor code waits as long for a body
LONGEST_REPLY = 20.0  # s; a reply that would take longer at its pace so far is given up
PATIENCE = 3.0  # s after the first byte, longer than BODY_PAUSE; then noise is noise and a reply's pace is looked at
QUIET = 0.2  # s without a byte end a resynchronisation
SETTLE_LIMIT = 2.0  # s; a line that is never quiet is used as it is
ONE_MORE = 0.002  # s; a byte that belongs to the same burst follows within this, at 9600 baud as well


class DamagedReply(ProtocolError):
    """A reply whose checksum is wrong, or noise alone."""


class EndlessReply(ProtocolError):
    """Bytes without end, or too slow for any reply; asking again would only take as long again."""


class CutReply(ProtocolError):
    """A reply that broke off."""


class Wire(CommandTime):
    """One request, one reply. `make(baud)` gives a line that is not open yet.

    Every method that talks raises DeviceLost when the port is gone, CommandCancelled after `cancel`, and DeviceTimeout
    when the time given to the command by `begin` or `within` is over.
    """

    def __init__(self, port: str, make: Callable[[int], Line], baud: int, clock: Clock) -> None:
        super().__init__(port, clock)
        self.baud = baud
        self._make = make
        self._line = make(baud)
        self._unsettled = False  # the last exchange failed: the rest of its reply may still come

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def retune(self, baud: int) -> None:
        """Goes on at another rate; the port is opened again for it."""
        self._line.close()
        self.baud = baud
        self._line = self._make(baud)
        self._line.open()
        self._unsettled = False

    @property
    def is_open(self) -> bool:
        return self._line.is_open

    def is_there(self) -> bool:
        return self._line.is_there()

    def cancel(self) -> None:
        """Ends the exchange under way within `SLICE`; from any thread."""
        super().cancel()
        self._line.cancel()

    def begin(self, limit: float = math.inf) -> None:
        self._cancelled.clear()
        self._line.begin()
        self.within(limit)

    def ask(self, command: Command, limit: float) -> Reply:
        """The reply must begin within `limit` s. A reader that hung up after its last reply is called again, once.

        Raises DeviceTimeout (silence), DamagedReply, CutReply, EndlessReply.
        """
        if self._unsettled:
            self._settle()
        try:
            self._send(command)
            return self.listen(limit)
        except DeviceLost:
            self._line.close()
            self._line.open()
            self._send(command)
            return self.listen(limit)

    def listen(self, limit: float) -> Reply:
        """The next reply without asking again, as `ask`."""
        self._unsettled = True
        reply = self._next_reply(limit)
        self._unsettled = False
        return reply

    def answers(self, command: Command, limit: float) -> bool:
        """Whether any whole reply comes within `limit` s, whatever else comes."""
        self._unsettled = True
        self._send(command)
        heard, until = b"", self._clock.monotonic() + limit
        while (left := until - self._clock.monotonic()) > 0:
            heard = (heard + self._read(SMALLEST_REPLY, min(left, SLICE)))[-4 * LONGEST :]
            if isinstance(scan(heard, final=True), Reply):
                return True
        return False

    def more_follows(self) -> bool:
        """Whether more than the reply came in one burst: a byte too many somewhere may have shifted it."""
        try:
            follows = bool(self._read(1, ONE_MORE))
        except DeviceLost:
            return False  # a reader that hangs up after its reply
        self._unsettled = self._unsettled or follows
        return follows

    def distrust(self) -> None:
        """More may be on its way that belongs to what was asked so far: it is read away before the next question."""
        self._unsettled = True

    def _next_reply(self, limit: float) -> Reply:
        heard, missing = b"", SMALLEST_REPLY
        started = last = self._clock.monotonic()
        while True:
            more = self._read(missing, SLICE)
            now = self._clock.monotonic()
            started = started if heard else now
            heard, last = heard + more, now if more else last
            found = scan(heard)
            if isinstance(found, Reply):
                return found
            if isinstance(found, Damaged):
                raise DamagedReply(f"{self.port}: the card reader's reply has a wrong checksum; check its cable")
            missing = found.missing
            if now - last >= (BODY_PAUSE if heard else limit):
                return self._make_do(heard)
            if heard and self._is_hopeless(heard, missing, now - started):
                raise EndlessReply(
                    f"{self.port}: the card reader sends without end what is no reply; check its baud rate and cable"
                )

    def _is_hopeless(self, heard: bytes, missing: int, elapsed: float) -> bool:
        if elapsed < PATIENCE:
            return False
        return not _frame_begun(heard) or elapsed * (len(heard) + missing) / len(heard) > LONGEST_REPLY

    def _send(self, command: Command) -> None:
        self.check_cancelled()
        self._line.discard()
        self._line.write(request(command))

    def _settle(self) -> None:
        """Reads away what is still coming, until the line is quiet."""
        started = last = self._clock.monotonic()
        while (now := self._clock.monotonic()) - last < QUIET and now - started < SETTLE_LIMIT:
            try:
                if self._read(LONGEST, SLICE):
                    last = self._clock.monotonic()
            except DeviceLost:
                return  # a reader that hung up after its last reply is called again when it is asked

    def _make_do(self, heard: bytes) -> Reply:
        """No more will come: a whole frame that lies inside what seemed a longer one, or an error."""
        found = scan(heard, final=True)
        if isinstance(found, Reply):
            return found
        if not heard:
            raise DeviceTimeout(f"{self.port}: the card reader does not answer; check its power and cable")
        if MARK in heard and isinstance(found, Incomplete):
            raise CutReply(f"{self.port}: the card reader's reply broke off")
        raise DamagedReply(f"{self.port}: the card reader sends bytes that are no reply; check its baud rate and cable")

    def _read(self, size: int, limit: float) -> bytes:
        return self._line.read(size, min(limit, self.time_left()))


def _frame_begun(heard: bytes) -> bool:
    """Whether a mark with a length that can be one was heard."""
    at = heard.find(MARK)
    while at >= 0:
        length = heard[at + len(MARK) : at + len(MARK) + LENGTH_SIZE]
        if len(length) == LENGTH_SIZE and SHORTEST <= int.from_bytes(length, "big") <= LONGEST:
            return True
        at = heard.find(MARK, at + 1)
    return False
