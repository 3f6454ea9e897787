"""Driver for identity-card readers that speak SDT/SAM frames, on whatever line they hang."""

import contextlib
from collections.abc import Callable
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
from devices.idcard.payload import fingers, sam_id, unpack
from devices.idcard.question import ask
from devices.idcard.rates import FASTEST, FIND_IT, RATES, find_rate, is_tunable, raise_rate
from devices.idcard.records import decode_address, parse_record
from devices.idcard.wire import CutReply, Wire
from devices.lines import make_line
from devices.lines.line import Line

FIND_INTERVAL = 0.3  # s; a card needs this long between two finds (vendor manual)
FIND_TIME = 5.5  # s a find has, with everything asked again
READ_TIME = 9.5  # s a read has; the terminal waits 10
STATUS_TIME = 8.0  # s, looking for the baud rate included
INTERACTIVE_WAIT = 10.0  # s for somebody to lay a card
TRIES_OF_EXTRAS = 2  # a reader that left a question it need not know unanswered so often is not asked it again

OpenLine = Callable[[str, int, Clock, str], Line]


@dataclass(frozen=True)
class Options:
    """`port`: a device, a path or a URL; `baud`: 0 finds the rate the reader answers at, then `raise_baud` asks a slow
    one for 115200; `newest_address`: also read an address changed after issue; `fingerprint`: also ask whose prints are
    on the card (the prints themselves are not kept).
    """

    port: str
    baud: int = FASTEST
    newest_address: bool = False
    fingerprint: bool = False
    raise_baud: bool = False

    def __post_init__(self) -> None:
        if self.baud not in (FIND_IT, *RATES):
            raise ValueError(f"baud = {self.baud} is no rate of a card reader; known: {FIND_IT} (find it), {RATES}")


class SdtReader:
    """Needs only find, select and read of a reader; the other commands are used where they are answered."""

    def __init__(self, name: str, options: Options, clock: Clock, open_line: OpenLine = make_line) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._finds_rate = options.baud == FIND_IT and is_tunable(options.port)
        baud = options.baud or FASTEST
        self._wire = Wire(options.port, lambda rate: open_line(options.port, rate, clock, "card reader"), baud, clock)
        self._last_find: float | None = None
        self._found = False
        self._taken_up = False  # it was found by looking again
        self._look_again = True  # a card may lie there that was found before: by an earlier program, or in vain
        self._unheard = {Command.SAM_STATUS: 0, Command.SAM_ID: 0}
        self._sam = ""

    @property
    def capabilities(self) -> Capabilities:
        """The model tells the number of the reader's SAM once it was asked for its status."""
        model = "SDT/SAM identity-card reader" + (f", SAM {self._sam}" if self._sam else "")
        return Capabilities("CardReader", model, frozenset({"newestAddress", "fingerprintPositions"}))

    def open(self) -> None:
        """With `baud = 0` the rate is looked for, at most 5 s; the one that was answered last is tried first."""
        if self._wire.is_open:
            return
        self._wire.open()
        self._look_again, self._found = True, False
        self._unheard = dict.fromkeys(self._unheard, 0)
        if self._finds_rate:
            self._wire.begin()
            self._find_rate()

    def close(self) -> None:
        self._wire.close()

    def cancel(self) -> None:
        self._wire.cancel()

    def glance(self) -> bool:
        """The cable was pulled; a reader says nothing unasked."""
        return self._wire.is_open and not self._wire.is_there()

    def status(self) -> DeviceStatus:
        """Asks the SAM; a reader that does not know the question is asked to find a card instead."""
        self._wire.begin(STATUS_TIME)
        try:
            return self._looked_at()
        except DeviceTimeout as error:
            if self._finds_rate and self._find_rate():
                return DeviceStatus(DeviceState.ONLINE)
            return DeviceStatus(DeviceState.OFFLINE, str(error), Action.CALL_MAINTENANCE)
        except (ProtocolError, CardError) as error:
            return DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)

    def reset(self) -> None:
        """Raises DeviceTimeout, ProtocolError, DeviceLost."""
        self._wire.begin(FIND_TIME)
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
        rate = (f"answers at {self._wire.baud} baud",) if is_tunable(self._options.port) else ()
        return HealthReport(level, True, (*rate, f"SAM {self._sam}" if self._sam else "tells no SAM number"))

    def card_present(self) -> bool:
        """One find; at first contact and after a read that failed also a look whether a card lies there still."""
        self._wire.begin(FIND_TIME)
        return self._is_there()

    def wait_for_card(self, timeout: float) -> None:
        """Finds until there is a card, at most `timeout` s: then CardError noMedia. `cancel` ends it."""
        self._wire.begin(FIND_TIME)
        until = self._clock.monotonic() + timeout
        while not self._is_there():
            left = until - self._clock.monotonic()
            if left < FIND_INTERVAL:
                self._wire.pause(left)
                raise CardError(
                    f"{self._options.port}: no card was laid within {timeout:g} s", code="noMedia", action=Action.RETRY
                )
            self._wire.within(FIND_TIME)

    def still_there(self) -> bool:
        """Whether the card that was read last still lies there; False also where a reader cannot tell."""
        self._wire.begin(FIND_TIME)
        return self._lies_there_read()

    def read(self, *, newest_address: bool = False) -> CardRecord:
        """Select and read the found card; one not found yet is looked for first.

        A read that broke off is not the end: where the card lies there still, the next read takes it up again, once.
        Otherwise it has to be lifted and laid again.
        """
        self._wire.begin(READ_TIME)
        if not self._found and not self._is_there():
            raise refusal(self._options.port, Answer.NOT_FOUND)
        self._found, self._look_again = False, not self._taken_up
        try:
            self._expect(Command.SELECT)
            record = self._record(self._expect(self._read_command))
        except CutReply as error:
            message = f"{self._options.port}: the card was pulled away while it was read"
            raise CardError(message, code="invalidMedia", action=Action.RETRY) from error
        if not (record.name or record.name_en or record.number):
            message = f"{self._options.port}: the card's record is empty; lift it and lay it again"
            raise CardError(message, code="invalidMedia", action=Action.RETRY)
        if newest_address or self._options.newest_address:
            record = self._with_newest_address(record)
        self._look_again = False
        return record

    @property
    def _read_command(self) -> Command:
        return Command.READ_WITH_FINGERPRINT if self._options.fingerprint else Command.READ

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
            reply = self._wire.ask(Command.READ_NEWEST_ADDRESS, FIND_INTERVAL)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return False
        return reply.status in (Answer.OK, Answer.NO_SUCH_CONTENT)

    def _find(self) -> bool:
        if self._last_find is not None:
            self._wire.pause(self._last_find + FIND_INTERVAL - self._clock.monotonic())
        self._last_find = self._clock.monotonic()
        reply = ask(self._wire, Command.FIND)
        if reply.status in (Answer.FOUND, Answer.OK):
            return True
        if reply.status == Answer.NOT_FOUND:
            return False
        raise refusal(self._options.port, reply.status)

    def _find_rate(self) -> bool:
        self._wire.within(STATUS_TIME)
        found = find_rate(self._wire)
        if found and self._options.raise_baud:
            raise_rate(self._wire)
        return found

    def _looked_at(self) -> DeviceStatus:
        reply = self._extra(Command.SAM_STATUS)
        if reply is None:
            self._find()
        elif reply.status != Answer.OK:
            error = refusal(self._options.port, reply.status)
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
            reply = ask(self._wire, command)
        except DeviceTimeout:
            return None
        if reply.status == Answer.WRONG_COMMAND:
            return None
        if command is Command.SAM_STATUS:
            self._unheard[command] = 0
        return reply

    def _expect(self, command: Command) -> Reply:
        reply = ask(self._wire, command)
        if reply.status != Answer.OK:
            raise refusal(self._options.port, reply.status)
        return reply

    def _record(self, reply: Reply) -> CardRecord:
        payload = unpack(reply.data)
        if payload is None:  # `ask` takes nothing else for the answer
            raise ProtocolError(f"{self._options.port}: the card reader's reply is not a card; reset the reader")
        record = parse_record(payload.text, payload.photo or None, self._clock.now().date())
        return record if payload.prints is None else replace(record, fingers=fingers(payload.prints))

    def _with_newest_address(self, record: CardRecord) -> CardRecord:
        """An address not given is a warning: the record itself was read."""
        try:
            reply = ask(self._wire, Command.READ_NEWEST_ADDRESS)
        except (DeviceTimeout, ProtocolError, DeviceLost):
            return replace(record, warnings=(*record.warnings, "newest_address: the reader did not answer"))
        if reply.status == Answer.OK:
            return replace(record, newest_address=decode_address(reply.data))
        if reply.status == Answer.NO_SUCH_CONTENT:
            return record
        return replace(record, warnings=(*record.warnings, "newest_address: could not be read"))


def create(name: str, options: Options, clock: Clock) -> SdtReader:
    return SdtReader(name, options, clock)
