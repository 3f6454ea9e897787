"""What every reader with a SAM behind it does, however it is asked: cards found, selected, read; its state told."""

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

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
from devices.idcard.exchange import Exchange
from devices.idcard.frames import Answer, Command, Reply
from devices.idcard.payload import fingers, sam_id, unpack
from devices.idcard.question import ask
from devices.idcard.records import decode_address, parse_record
from devices.idcard.wire import CutReply

if TYPE_CHECKING:
    from devices.idcard.photo import PhotoDecoder, Portrait

FIND_INTERVAL = 0.3  # s; a card needs this long between two finds (vendor manual)
FIND_TIME = 5.5  # s a find has, with everything asked again
READ_TIME = 9.5  # s a read has; the terminal waits 10
STATUS_TIME = 8.0  # s, looking for the baud rate included
INTERACTIVE_WAIT = 10.0  # s for somebody to lay a card
TRIES_OF_EXTRAS = 2  # a reader that left a question it need not know unanswered so often is not asked it again


class SamReader:
    """Needs only find, select and read of a reader; the other commands are used where they are answered."""

    model = "SDT/SAM identity-card reader"
    features = frozenset({"newestAddress"})
    read_command = Command.READ

    def __init__(
        self, name: str, exchange: Exchange, clock: Clock, *, newest_address: bool = False, photo_decoder: str = ""
    ) -> None:
        self.name = name
        self._clock = clock
        self._exchange = exchange
        self._port = exchange.port
        self._newest_address = newest_address
        self._decoder = _decoder(photo_decoder, clock)
        self._last_find: float | None = None
        self._found = False
        self._taken_up = False  # it was found by looking again
        self._look_again = True  # a card may lie there that was found before: by an earlier program, or in vain
        self._unheard = {Command.SAM_STATUS: 0, Command.SAM_ID: 0}
        self._sam = ""

    @property
    def capabilities(self) -> Capabilities:
        """The model tells the number of the reader's SAM once it was asked for its status."""
        return Capabilities("CardReader", self.model + (f", SAM {self._sam}" if self._sam else ""), self.features)

    def open(self) -> None:
        if self._exchange.is_open:
            return
        self._exchange.open()
        self._look_again, self._found = True, False
        self._unheard = dict.fromkeys(self._unheard, 0)

    def close(self) -> None:
        self._exchange.close()
        if self._decoder is not None:
            self._decoder.close()

    def cancel(self) -> None:
        self._exchange.cancel()

    def glance(self) -> bool:
        """The cable was pulled; a reader says nothing unasked."""
        return self._exchange.is_open and not self._exchange.is_there()

    def status(self) -> DeviceStatus:
        """Asks the SAM; a reader that does not know the question is asked to find a card instead."""
        self._exchange.begin(STATUS_TIME)
        try:
            return self._looked_at()
        except DeviceTimeout as error:
            if self._answers_after_all():
                return DeviceStatus(DeviceState.ONLINE)
            return DeviceStatus(DeviceState.OFFLINE, str(error), Action.CALL_MAINTENANCE)
        except (ProtocolError, CardError) as error:
            return DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)

    def reset(self) -> None:
        """Raises DeviceTimeout, ProtocolError, DeviceLost."""
        self._exchange.begin(FIND_TIME)
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
        return HealthReport(
            level, True, (*self._findings(), f"SAM {self._sam}" if self._sam else "tells no SAM number")
        )

    def card_present(self) -> bool:
        """One find; at first contact and after a read that failed also a look whether a card lies there still."""
        self._exchange.begin(FIND_TIME)
        return self._is_there()

    def wait_for_card(self, timeout: float) -> None:
        """Finds until there is a card, at most `timeout` s: then CardError noMedia. `cancel` ends it."""
        self._exchange.begin(FIND_TIME)
        until = self._clock.monotonic() + timeout
        while not self._is_there():
            left = until - self._clock.monotonic()
            if left < FIND_INTERVAL:
                self._exchange.pause(left)
                raise CardError(
                    f"{self._port}: no card was laid within {timeout:g} s", code="noMedia", action=Action.RETRY
                )
            self._exchange.within(FIND_TIME)

    def read(self, *, newest_address: bool = False) -> CardRecord:
        """Select and read the found card; one not found yet is looked for first.

        A read that broke off is not the end: where the card lies there still, the next read takes it up again, once.
        Otherwise it has to be lifted and laid again.
        """
        self._exchange.begin(READ_TIME)
        if not self._found and not self._is_there():
            raise refusal(self._port, Answer.NOT_FOUND)
        self._found, self._look_again = False, not self._taken_up
        try:
            self._expect(Command.SELECT)
            record = self._record(self._expect(self.read_command))
        except CutReply as error:
            message = f"{self._port}: the card was pulled away while it was read"
            raise CardError(message, code="invalidMedia", action=Action.RETRY) from error
        if not (record.name or record.name_en or record.number):
            message = f"{self._port}: the card's record is empty; lift it and lay it again"
            raise CardError(message, code="invalidMedia", action=Action.RETRY)
        if newest_address or self._newest_address:
            record = self._with_newest_address(record)
        self._look_again = False
        return record

    def portrait(self, record: CardRecord) -> "Portrait":
        """The picture on the card as PNG; a drawn stand-in, with the reason, where it cannot be decoded."""
        from devices.idcard.photo import portrait

        return portrait(record.photo_wlt, self._decoder)

    def _answers_after_all(self) -> bool:
        """A last try before a reader that does not answer is held to be off."""
        return False

    def _findings(self) -> tuple[str, ...]:
        """What a healthy reader's health report says beside its SAM."""
        return ()

    def _is_there(self) -> bool:
        look_again, self._look_again = self._look_again, False
        self._found = self._find()
        self._taken_up = look_again and not self._found and self._lies_there_read()
        self._found = self._found or self._taken_up
        return self._found

    def _lies_there_read(self) -> bool:
        """Many readers find a card once a laying only, but tell its newest address (or that it has none) for as long as
        it lies there. A reader need not know this question."""
        try:
            reply = self._exchange.ask(Command.READ_NEWEST_ADDRESS, FIND_INTERVAL)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return False
        return reply.status in (Answer.OK, Answer.NO_SUCH_CONTENT)

    def _find(self) -> bool:
        if self._last_find is not None:
            self._exchange.pause(self._last_find + FIND_INTERVAL - self._clock.monotonic())
        self._last_find = self._clock.monotonic()
        reply = ask(self._exchange, Command.FIND)
        if reply.status in (Answer.FOUND, Answer.OK):
            return True
        if reply.status == Answer.NOT_FOUND:
            return False
        raise refusal(self._port, reply.status)

    def _looked_at(self) -> DeviceStatus:
        reply = self._extra(Command.SAM_STATUS)
        if reply is None:
            self._find()
        elif reply.status != Answer.OK:
            error = refusal(self._port, reply.status)
            return DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)
        elif not self._sam:
            with contextlib.suppress(ProtocolError):  # the number is no condition of the reader
                told = self._extra(Command.SAM_ID)
                self._sam = sam_id(told.data) if told is not None and told.status == Answer.OK else ""
        return DeviceStatus(DeviceState.ONLINE)

    def _extra(self, command: Command) -> Reply | None:
        """The answer to a question that a reader need not know."""
        if self._unheard[command] >= TRIES_OF_EXTRAS:
            return None
        self._unheard[command] += 1
        try:
            reply = ask(self._exchange, command)
        except DeviceTimeout:
            return None
        if reply.status == Answer.WRONG_COMMAND:
            return None
        if command is Command.SAM_STATUS:
            self._unheard[command] = 0
        return reply

    def _expect(self, command: Command) -> Reply:
        reply = ask(self._exchange, command)
        if reply.status != Answer.OK:
            raise refusal(self._port, reply.status)
        return reply

    def _record(self, reply: Reply) -> CardRecord:
        payload = unpack(reply.data)
        if payload is None:  # `ask` takes nothing else for the answer
            raise ProtocolError(f"{self._port}: the card reader's reply is not a card; reset the reader")
        record = parse_record(payload.text, payload.photo or None, self._clock.now().date())
        return record if payload.prints is None else replace(record, fingers=fingers(payload.prints))

    def _with_newest_address(self, record: CardRecord) -> CardRecord:
        """An address not given is a warning: the record itself was read."""
        try:
            reply = ask(self._exchange, Command.READ_NEWEST_ADDRESS)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return replace(record, warnings=(*record.warnings, "newest_address: the reader did not answer"))
        if reply.status == Answer.OK:
            return replace(record, newest_address=decode_address(reply.data))
        if reply.status == Answer.NO_SUCH_CONTENT:
            return record
        return replace(record, warnings=(*record.warnings, "newest_address: could not be read"))


def _decoder(library: str, clock: Clock) -> "PhotoDecoder | None":
    """Loaded only where one is configured. Raises DeviceLost, to configure, where there is no such file."""
    if not library:
        return None
    from devices.idcard.photo import PhotoDecoder

    return PhotoDecoder.at(library, clock)
