"""The backroom: hears the screen's messages, hands each to the thread whose concern it is, and never waits itself."""

import logging
import random  # noqa: TID251 - the type only; the generator is given
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

from devices.clock import Clock
from kiosk.backroom.asking import answer
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.center_time import CenterTime
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.documents import Documents
from kiosk.backroom.entries import Entry
from kiosk.backroom.heartbeat import Heartbeat
from kiosk.backroom.ledger import OutboxBusy, OutboxDamaged
from kiosk.backroom.link import Link
from kiosk.backroom.machine import Machine
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.printing import Printing
from kiosk.backroom.queue import open_link
from kiosk.backroom.reserve import MEGABYTE
from kiosk.backroom.rounds import Rounds
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.backroom.voice import Voice
from kiosk.config import TerminalConfig
from kiosk.given import with_given
from kiosk.identity import Identity
from kiosk.memory import give_back
from kiosk.messages.frames import Message
from kiosk.messages.from_backroom import FromBackroom, MattersUsed, ServiceChanged
from kiosk.messages.to_backroom import (
    AskCenter,
    Attach,
    AwaitCard,
    AwaitCode,
    BindPages,
    Hush,
    MattersInUse,
    PrintDocument,
    PrintForm,
    PrintReceipt,
    Say,
    StartPreview,
    Stop,
    SubmitCase,
    SubmitRating,
    SubmitSupplement,
    TakeStill,
    VisitEnded,
    WithdrawRating,
)

log = logging.getLogger(__name__)
SERVICE_INTERVAL = 2.0  # s between two looks at the disk
Handed = Attach | BindPages | SubmitCase | SubmitSupplement | SubmitRating | WithdrawRating
ASKERS = 2  # questions to the center under way at once


class Room:
    """`work` returns when the screen has closed its end."""

    def __init__(
        self, config: TerminalConfig, identity: Identity | None, link: Link, clock: Clock, chance: random.Random
    ) -> None:
        self._told, config = config, with_given(config)
        self._opening_hours = config.service.opening_hours
        self._link = link
        self._clock = clock
        folder = config.terminal.state_folder
        self._outbox = self._opened_outbox(folder)
        self._center = self._center_link(config, identity)
        self._sync = self._synced(config, chance)
        self._time = self._center.time if self._center is not None else CenterTime(clock)
        self._clerk = Clerk(self._outbox, identity, self._time, folder, config.terminal.reserve_mb * MEGABYTE)
        self._machine = Machine(config.devices, clock, link, folder)
        self._voice = Voice(config.voice, clock)
        self._intents = self._outbox.prints if self._outbox is not None else None
        self._printing = Printing(self._intents, self._machine.print_receipt, self._machine.ask_printed, link.send)
        self._documents = self._documents_on(self._machine)
        self._heartbeat = self._beating(config, identity)
        self._service: ServiceChanged | None = None
        self._service_rounds = Rounds("service", self._look_at_service)
        self._at_desk = ThreadPoolExecutor(1, "clerk")
        self._at_printer = ThreadPoolExecutor(1, "printing")
        self._at_document_printer = ThreadPoolExecutor(1, "documents")  # a page takes long; no receipt waits for it
        self._asking = ThreadPoolExecutor(ASKERS, "asking")

    def work(self) -> None:
        """Raises FrameError when the screen says what it may not."""
        self._machine.start()
        self._machine.tell_all()
        self._later(self._at_desk, self._tell_uses)
        self._service_rounds.start()
        if self._sync is not None:
            self._sync.start()
        if self._heartbeat is not None:
            self._heartbeat.start()
        try:
            for message, blob in self._link.messages():
                self._hear(message, blob)
        finally:
            self._close()

    def _hear(self, message: Message, blob: bytes) -> None:
        match message:
            case AwaitCard() | AwaitCode() | StartPreview() | TakeStill():
                self._work_device(message)
            case Attach() | BindPages() | SubmitCase() | SubmitSupplement() | SubmitRating() | WithdrawRating():
                self._later(self._at_desk, lambda: self._keep(message, blob))
            case AskCenter():
                self._later(self._asking, lambda: self._ask(message))
            case PrintReceipt():
                self._later(self._at_printer, lambda: self._printing.print_receipt(message))
            case PrintDocument() | PrintForm():
                self._later(self._at_document_printer, lambda: self._documents.print_order(message, blob))
            case Say():
                self._voice.say(message.text, message.language)
            case Hush():
                self._voice.hush()
            case Stop():
                self._leave_page()
            case MattersInUse():
                if self._heartbeat is not None:
                    self._heartbeat.in_use(message.version)
            case VisitEnded():
                self._leave_page()
                self._machine.likeness.forget()
                self._later(self._at_desk, self._end_visit)
            case _:
                log.error("a message for the screen came from the screen: %s", type(message).__name__)

    def _work_device(self, message: AwaitCard | AwaitCode | StartPreview | TakeStill) -> None:
        match message:
            case AwaitCard():
                self._machine.await_card()
            case AwaitCode():
                self._machine.codes.await_code(cameras=message.cameras)
            case StartPreview():
                self._machine.cameras.preview(message.camera)
            case TakeStill():
                self._machine.cameras.take(message)

    def _leave_page(self) -> None:
        self._voice.hush()
        self._machine.leave_page()

    def _keep(self, message: Handed, blob: bytes) -> None:
        match message:
            case Attach():
                self._link.send(self._clerk.attach(message, blob))
            case BindPages():
                self._link.send(*self._clerk.bind(message, blob))
            case SubmitCase():
                self._submitted(self._clerk.submit_case(message.request, self._time.redated(message.case)))
            case SubmitSupplement():
                told = self._time.redated(message.supplement)
                self._submitted(self._clerk.submit_supplement(message.request, told))
            case SubmitRating():
                self._submitted(self._clerk.submit_rating(message.request, self._time.redated(message.rating)))
            case WithdrawRating():
                self._clerk.withdraw_rating(message.rating_id)

    def _later(self, pool: ThreadPoolExecutor, job: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - one job's fault must not end the others
                log.error("a job of the backroom failed: %s", type(error).__name__)

        pool.submit(guarded)

    def _submitted(self, outcome: tuple[FromBackroom, Entry | None]) -> None:
        answer, entry = outcome
        self._link.send(answer)
        self._later(self._at_desk, self._tell_uses)
        self._service_rounds.wake()
        if self._sync is None or entry is None or entry.kind == "rating":  # that one goes when the visit ends
            return
        if entry.state == "delivered":
            self._sync.tell_again(entry)
        else:
            self._sync.wake()

    def _end_visit(self) -> None:
        if self._clerk.end_visit() and self._sync is not None:
            self._sync.wake()

    def _tell_uses(self) -> None:
        if self._outbox is not None:
            self._link.send(MattersUsed(cases=self._outbox.used_lately(self._clock.now())))

    def _ask(self, message: AskCenter) -> None:
        doubt = self._sync.doubt if self._sync is not None else lambda: None
        self._link.send(answer(message, self._center, self._outbox, doubt))

    def _look_at_service(self) -> float:
        service = self._clerk.service()
        if service.in_service and self._heartbeat is not None and self._heartbeat.revoked:
            service = ServiceChanged(in_service=False, code="revoked", message="the center took it out of service")
        if service.in_service and not self._is_open():
            service = ServiceChanged(in_service=False, code="closed", message=f"open {self._opening_hours}")
        if service != self._service:
            self._service = service
            self._link.send(service)
            if service.code:
                log.warning("out of service: %s %s", service.code, service.message)
        give_back()
        return SERVICE_INTERVAL

    def _is_open(self) -> bool:
        """By the clock on this place's wall; hours that end before they begin go over midnight."""
        if not self._opening_hours:
            return True
        now = f"{self._time.now().astimezone(ZoneInfo(self._told.terminal.time_zone)):%H:%M}"
        start, end = self._opening_hours.split("-")
        return start <= now < end if start < end else now >= start or now < end

    def _opened_outbox(self, folder: Path) -> Outbox | None:
        try:
            return Outbox(folder, self._clock, _report_damage)
        except (OSError, OutboxBusy, OutboxDamaged) as error:
            log.error("the outbox cannot be used: %s", error)
            return None

    def _center_link(self, config: TerminalConfig, identity: Identity | None) -> CenterLink | None:
        return open_link(config, identity, self._clock) if identity is not None else None

    def _synced(self, config: TerminalConfig, chance: random.Random) -> Sync | None:
        if self._outbox is None or self._center is None:
            return None
        rhythm = Rhythm(ceiling=config.center.retry_ceiling_seconds)
        return Sync(self._outbox, self._center, self._clock, chance, self._link.send, rhythm, config.terminal.keep_days)

    def _beating(self, config: TerminalConfig, identity: Identity | None) -> Heartbeat | None:
        if self._center is None or identity is None:
            return None
        reports, tell = self._machine.reports, self._link.send
        return Heartbeat(config, identity, self._center, self._outbox, reports, tell, self._adopt, self._clock)

    def _adopt(self) -> float:
        """New settings from the center hold at once; those of the screen when no visit is on."""
        config = with_given(self._told)
        self._opening_hours = config.service.opening_hours
        if self._center is not None:
            self._center.limit(config.center.upload_kbit_per_second)
        if self._sync is not None:
            self._sync.adopt(Rhythm(ceiling=config.center.retry_ceiling_seconds), config.terminal.keep_days)
        return config.center.heartbeat_seconds

    def _documents_on(self, machine: Machine) -> Documents:
        fetch = self._center.document if self._center is not None else None
        printing, asking = machine.print_document, machine.ask_document_printed
        return Documents(self._intents, fetch, printing, asking, self._link.send)

    def _close(self) -> None:
        self._service_rounds.stop()
        if self._heartbeat is not None:
            self._heartbeat.stop()
        self._voice.stop()
        for pool in (self._asking, self._at_printer, self._at_document_printer):
            pool.shutdown(wait=False, cancel_futures=True)
        self._at_desk.shutdown(wait=True)
        self._machine.stop()
        if self._sync is not None:
            self._sync.stop()
        if self._center is not None:
            self._center.close()
        if self._outbox is not None:
            self._outbox.close()
        self._link.close()


def _report_damage(aside: Path) -> None:
    log.critical(
        "the outbox was damaged and is kept as %s; a fresh one was begun: have a technician save what is in it", aside
    )
