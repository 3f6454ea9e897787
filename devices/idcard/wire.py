"""The wire to a card reader: any pyserial URL, its errors translated once, replies read exactly as long as they are."""

import contextlib
import termios
import threading

import serial

from devices.clock import Clock
from devices.device import CommandCancelled, DeviceLost, DeviceTimeout, ProtocolError
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
from devices.port_reason import port_reason

SLICE = 0.1  # s; longest a read blocks before time limits and cancelling are looked at
BODY_PAUSE = 2.0  # s; a reply that has begun may pause this long, vendor code waits as long for a body
LONGEST_REPLY = 20.0  # s; a reply that would take longer at its pace so far is given up
PATIENCE = 3.0  # s after the first byte, longer than BODY_PAUSE; then noise is noise and a reply's pace is looked at
QUIET = 0.2  # s without a byte end a resynchronisation
WRITE_LIMIT = 2.0  # s
PORT_ERRORS = (OSError, ValueError, TypeError, termios.error)  # what pyserial lets through for a port that is not there


class DamagedReply(ProtocolError):
    """A reply whose checksum is wrong, or noise alone."""


class EndlessReply(ProtocolError):
    """Bytes without end, or too slow for any reply; asking again would only take as long again."""


class CutReply(ProtocolError):
    """A reply that broke off."""


class Wire:
    """One request, one reply. Every method raises DeviceLost when the port is gone."""

    def __init__(self, port: str, baud: int, clock: Clock) -> None:
        self.port = port
        self._baud = baud
        self._clock = clock
        self._serial: serial.Serial | None = None
        self._cancelled = threading.Event()
        self._unsettled = False  # the last exchange failed: the rest of its reply may still come

    def open(self) -> None:
        if self._serial is not None:
            return
        try:
            self._serial = serial.serial_for_url(
                self.port, baudrate=self._baud, timeout=SLICE, write_timeout=WRITE_LIMIT, exclusive=True
            )
        except PORT_ERRORS as error:
            reason = port_reason(self.port, error)
            message = f"{self.port}: cannot open the card reader's port: {reason}; check its cable and the port"
            raise DeviceLost(message) from error

    def close(self) -> None:
        port, self._serial = self._serial, None
        if port is not None:
            held = getattr(port, "_socket", None)
            with contextlib.suppress(OSError):
                port.close()
            if held is not None:
                held.close()  # pyserial leaves the socket open where the other side hung up first

    def cancel(self) -> None:
        """Ends the exchange under way within `SLICE`; from any thread."""
        self._cancelled.set()

    def begin(self) -> None:
        """A new command of the caller's: an earlier cancel is past."""
        self._cancelled.clear()

    def check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise CommandCancelled(f"{self.port}: the command was cancelled")

    def ask(self, command: Command, limit: float) -> Reply:
        """The reply must begin within `limit` s. A reader that hung up after its last reply is called again, once.

        Raises DeviceTimeout (silence), DamagedReply, CutReply, CommandCancelled, DeviceLost.
        """
        if self._unsettled:
            self._settle()
        self._unsettled = True
        try:
            reply = self._exchange(command, limit)
        except DeviceLost:
            self.close()
            self.open()
            reply = self._exchange(command, limit)
        self._unsettled = False
        return reply

    def listen(self, limit: float) -> Reply:
        """The next reply without asking again, as `ask`."""
        heard, missing = b"", SMALLEST_REPLY
        started = last = self._clock.monotonic()
        while True:
            more = self._read(missing)
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

    def _exchange(self, command: Command, limit: float) -> Reply:
        port = self._opened()
        try:
            port.reset_input_buffer()
            port.write(request(command))
        except serial.SerialTimeoutException as error:
            raise DeviceTimeout(f"{self.port}: the card reader takes no bytes; check its cable") from error
        except PORT_ERRORS as error:
            raise self._lost(error) from error
        return self.listen(limit)

    def _settle(self) -> None:
        """Reads away what is still coming, until the line is quiet."""
        started = last = self._clock.monotonic()
        while (now := self._clock.monotonic()) - last < QUIET and now - started < BODY_PAUSE:
            if self._read(4096):
                last = self._clock.monotonic()

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

    def _read(self, size: int) -> bytes:
        self.check_cancelled()
        try:
            return bytes(self._opened().read(size))
        except PORT_ERRORS as error:
            raise self._lost(error) from error

    def _opened(self) -> serial.Serial:
        if self._serial is None:
            raise DeviceLost(f"{self.port}: the card reader's port is not open")
        return self._serial

    def _lost(self, error: Exception) -> DeviceLost:
        self.close()
        return DeviceLost(f"{self.port}: the card reader is gone ({_reason(error)}); check its cable and power")


def _frame_begun(heard: bytes) -> bool:
    """Whether a mark with a length that can be one was heard."""
    at = heard.find(MARK)
    while at >= 0:
        length = heard[at + len(MARK) : at + len(MARK) + LENGTH_SIZE]
        if len(length) == LENGTH_SIZE and SHORTEST <= int.from_bytes(length, "big") <= LONGEST:
            return True
        at = heard.find(MARK, at + 1)
    return False


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
