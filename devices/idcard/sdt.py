"""Driver for identity-card readers that speak SDT/SAM frames over any pyserial URL."""

import contextlib
from dataclasses import dataclass, replace

from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    DeviceError,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    DeviceTimeout,
    HealthLevel,
    HealthReport,
    ProtocolError,
)
from devices.idcard.answers import refusal
from devices.idcard.contract import CardError, CardRecord
from devices.idcard.frames import Answer, Command, Reply
from devices.idcard.records import TEXT_SIZE, decode_address, parse_record
from devices.idcard.wire import CutReply, DamagedReply, Wire

FIND_INTERVAL = 0.3  # s; a card needs this long between two finds (vendor manual)
LIMITS = {Command.READ: 3.0, Command.READ_NEWEST_ADDRESS: 3.0}  # s to the first byte of the reply
LIMIT = 1.0  # s, of every other command
SIZES = 4  # bytes before the text: its length and the photo's
INTERACTIVE_WAIT = 10.0  # s for somebody to lay a card


@dataclass(frozen=True)
class Options:
    """`port`: a device, a path or a pyserial URL; `newest_address`: also read an address changed after issue."""

    port: str
    baud: int = 115200
    newest_address: bool = False


class SdtReader:
    """Needs only find, select and read of a reader; the other commands are used where they are answered."""

    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._wire = Wire(options.port, options.baud, clock)
        self._last_find: float | None = None
        self._first_contact = True
        self._found = False
        self._knows_status = True

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("CardReader", "SDT/SAM identity-card reader", frozenset({"newestAddress"}))

    def open(self) -> None:
        self._wire.open()
        self._first_contact = True
        self._found = False

    def close(self) -> None:
        self._wire.close()

    def cancel(self) -> None:
        self._wire.cancel()

    def status(self) -> DeviceStatus:
        """Asks the SAM; a reader that does not know the question is asked to find a card instead."""
        self._wire.begin()
        try:
            if self._knows_status:
                with contextlib.suppress(DeviceTimeout):
                    return self._sam_status()
            self._find()
        except DeviceTimeout as error:
            return DeviceStatus(DeviceState.OFFLINE, str(error), Action.CALL_MAINTENANCE)
        except (ProtocolError, CardError) as error:
            return DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)
        self._knows_status = False
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Raises DeviceTimeout, ProtocolError, DeviceLost."""
        self._wire.begin()
        self._found = False
        self._expect(Command.RESET)

    def check_health(self, level: HealthLevel) -> HealthReport:
        """`SELF_TEST` resets the reader; `INTERACTIVE` waits 10 s for somebody to lay a card, and reads it."""
        try:
            if level is HealthLevel.SELF_TEST:
                self.reset()
            if level is HealthLevel.INTERACTIVE:
                self.wait_for_card(INTERACTIVE_WAIT)
                self.read()
        except DeviceError as error:
            return HealthReport(level, False, (str(error),), error.action)
        status = self.status()
        if status.state is not DeviceState.ONLINE:
            return HealthReport(level, False, (status.message,), status.action)
        return HealthReport(level, True)

    def card_present(self) -> bool:
        """One find; at first contact also a look whether a card was found and read before this driver came."""
        self._wire.begin()
        return self._is_there()

    def wait_for_card(self, timeout: float) -> None:
        """Finds until there is a card, at most `timeout` s: then CardError noMedia. `cancel` ends it."""
        self._wire.begin()
        until = self._clock.monotonic() + timeout
        while not self._is_there():
            if self._clock.monotonic() + FIND_INTERVAL > until:
                self._clock.sleep(max(0.0, until - self._clock.monotonic()))
                raise CardError(
                    f"{self._options.port}: no card was laid within {timeout:g} s", code="noMedia", action=Action.RETRY
                )
            self._wire.check_cancelled()

    def read(self, *, newest_address: bool = False) -> CardRecord:
        self._wire.begin()
        if not self._found and not self._is_there():
            raise refusal(self._options.port, Answer.NOT_FOUND)
        try:
            self._expect(Command.SELECT)
            record = self._record(self._expect(Command.READ))
            if not (record.name or record.name_en or record.number):
                message = f"{self._options.port}: the card's record is empty; lift it and lay it again"
                raise CardError(message, code="invalidMedia", action=Action.RETRY)
        except CutReply as error:
            message = f"{self._options.port}: the card was pulled away while it was read"
            raise CardError(message, code="invalidMedia", action=Action.RETRY) from error
        finally:
            self._found = False
        return self._with_newest_address(record) if newest_address or self._options.newest_address else record

    def _is_there(self) -> bool:
        first, self._first_contact = self._first_contact, False
        self._found = self._find() or (first and self._lies_there_read())
        return self._found

    def _lies_there_read(self) -> bool:
        """Many readers find a card once a laying only, but tell its newest address (or that it has none) for as long as
        it lies there. A reader need not know this question."""
        try:
            reply = self._wire.ask(Command.READ_NEWEST_ADDRESS, FIND_INTERVAL)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return False
        return reply.status in (Answer.OK, Answer.NO_SUCH_CONTENT)

    def _find(self) -> bool:
        if self._last_find is not None:
            self._clock.sleep(max(0.0, self._last_find + FIND_INTERVAL - self._clock.monotonic()))
        self._last_find = self._clock.monotonic()
        reply = self._ask(Command.FIND)
        if reply.status in (Answer.FOUND, Answer.OK):
            return True
        if reply.status == Answer.NOT_FOUND:
            return False
        raise refusal(self._options.port, reply.status)

    def _sam_status(self) -> DeviceStatus:
        reply = self._ask(Command.SAM_STATUS)
        if reply.status == Answer.OK:
            return DeviceStatus(DeviceState.ONLINE)
        if reply.status == Answer.WRONG_COMMAND:
            raise DeviceTimeout("the reader does not know the question")
        error = refusal(self._options.port, reply.status)
        return DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)

    def _expect(self, command: Command) -> Reply:
        reply = self._ask(command)
        if reply.status != Answer.OK:
            raise refusal(self._options.port, reply.status)
        return reply

    def _ask(self, command: Command) -> Reply:
        """Asks again, once, where either side's bytes were damaged on the way."""
        limit = LIMITS.get(command, LIMIT)
        try:
            reply = self._wire.ask(command, limit)
        except (DamagedReply, CutReply):
            reply = self._wire.ask(command, limit)
        if reply.status == Answer.WRONG_CHECKSUM:
            reply = self._wire.ask(command, limit)
        while _is_late(command, reply):
            reply = self._wire.listen(limit)
        return reply

    def _record(self, reply: Reply) -> CardRecord:
        """Raises ProtocolError where the lengths in the reply are not those of a card."""
        text_size, photo_size = int.from_bytes(reply.data[:2], "big"), int.from_bytes(reply.data[2:SIZES], "big")
        text, photo = reply.data[SIZES : SIZES + text_size], reply.data[SIZES + text_size :]
        if text_size != TEXT_SIZE or len(text) != text_size or len(photo) != photo_size:
            raise ProtocolError(f"{self._options.port}: the card reader's reply is not a card; reset the reader")
        return parse_record(text, photo or None, self._clock.now().date())

    def _with_newest_address(self, record: CardRecord) -> CardRecord:
        """An address not given is a warning: the record itself was read."""
        try:
            reply = self._ask(Command.READ_NEWEST_ADDRESS)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return replace(record, warnings=(*record.warnings, "newest_address: the reader did not answer"))
        if reply.status == Answer.OK:
            return replace(record, newest_address=decode_address(reply.data))
        if reply.status == Answer.NO_SUCH_CONTENT:
            return record
        return replace(record, warnings=(*record.warnings, "newest_address: could not be read"))


def _is_late(command: Command, reply: Reply) -> bool:
    """Whether this is the reply to an earlier command: replies do not say what they answer."""
    if command is not Command.FIND and reply.status == Answer.FOUND:
        return True
    return command is Command.READ and reply.status == Answer.OK and len(reply.data) < SIZES + TEXT_SIZE


def create(name: str, options: Options, clock: Clock) -> SdtReader:
    return SdtReader(name, options, clock)
