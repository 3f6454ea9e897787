"""The thread that keeps offering what waits: at once what is new, with full-jitter pauses where it fails."""

import random  # noqa: TID251 - the type only; the generator is given
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from devices.clock import Clock
from flows.case import iso_seconds
from flows.wire import Receipt
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.attempts import Attempts, full_jitter
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.delivery import Delivery, Watch
from kiosk.backroom.entries import Entry
from kiosk.backroom.heeding import Heeding
from kiosk.backroom.keeping import Keeping
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.sync_note import Sending, SyncNote, write_note
from kiosk.messages.from_backroom import Delivered, FromBackroom, SyncChanged
from kiosk.messages.json_value import Json

RESULT_PATIENCE = 60.0  # s during which the decision of an instant case is asked for
RESULT_EVERY = 1.0  # s
SPREAD = 5.0  # s; more than the center asked for, by chance, so that not all come back in the same moment
WAITED_FOR = ("case", "supplement")  # somebody may stand at the screen until it is there
NOTE_EVERY = 1.0  # s between two notes of how far an upload is


@dataclass(frozen=True)
class Rhythm:
    """Seconds. `ceiling`: longest pause after failures; pings find out whether the center is there."""

    ceiling: float = 60.0
    ping_when_away: float = 2.0
    ping_when_there: float = 5.0


class Sync:
    """`report` gets SyncChanged and Delivered; `start` begins the thread."""

    def __init__(
        self,
        outbox: Outbox,
        link: CenterLink,
        clock: Clock,
        chance: random.Random,
        report: Callable[[FromBackroom], None],
        rhythm: Rhythm,
        keep_days: int,
    ) -> None:
        self._outbox = outbox
        self._link = link
        self._clock = clock
        self._chance = chance
        self._report = report
        self._rhythm = rhythm
        self._keeping = Keeping(outbox, link, link.time, keep_days)
        self._heeding = Heeding(outbox, link)
        self._attempts = Attempts(clock, chance, rhythm.ceiling)
        self._delivery = Delivery(outbox, link, self._attempts)
        self._signal = threading.Condition()
        self._woken = False
        self._stopping = False
        self._failures = 0
        self._not_before = 0.0  # s, monotonic; no delivery is tried before, unless woken
        self._busy_until = 0.0  # s, monotonic; the center asked for it, and nothing overrides it
        self._more_at_once = False
        self._waiting = 0
        self._since = ""  # of being reachable or not
        self._noted = 0.0  # s, monotonic
        self._reachable: bool | None = None
        self._last: SyncChanged | None = None
        self._undecided: dict[str, float] = {}  # case_id → when to give up asking
        self._again: deque[Entry] = deque()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something new waits: try now, whatever the pause."""
        with self._signal:
            self._woken = True
            self._signal.notify()

    def tell_again(self, entry: Entry) -> None:
        """Report once more a case or supplement that was delivered earlier, and its decision."""
        if entry.kind in WAITED_FOR:
            self._again.append(entry)
            self.wake()

    def doubt(self) -> None:
        """Someone else could not reach the center: look."""
        if self._reachable:
            self.wake()

    def adopt(self, rhythm: Rhythm, keep_days: int) -> None:
        """From now on."""
        self._rhythm = rhythm
        self._keeping.keep(keep_days)

    def stop(self) -> None:
        with self._signal:
            self._stopping = True
            self._signal.notify()
        self._thread.join(timeout=3.0)

    def _run(self) -> None:
        while not self._stopping:
            self.turn()
            self._wait()

    def turn(self) -> None:
        """One look at the center, and all that can be delivered now; the thread's own, or a simulation's."""
        try:
            self._turn()
        except sqlite3.Error:
            self._failures += 1

    def _turn(self) -> None:
        with self._signal:
            woken, self._woken = self._woken, False
        was_away = not self._reachable
        if woken and self._reachable is not None:
            self._tell(reachable=self._reachable)
        if self._clock.monotonic() < self._busy_until:
            return
        while self._again:
            entry = self._again.popleft()
            self._follow(entry, entry.case_number)
        try:
            epoch = self._link.check()
        except CenterFailed as error:
            self._keep_quiet(error.retry_after)
            self._tell(reachable=False)
            return
        self._heeding.turn()
        if woken or was_away or self._clock.monotonic() >= self._not_before:
            self._deliver()
        self._ask_results()
        self._settle(epoch)
        self._tell(reachable=True)

    def _deliver(self) -> None:
        self._waiting = self._outbox.count_waiting()
        done = self._delivery.round(Watch(self._delivered, lambda: not self._stopping, self._sending))
        self._more_at_once = done.unfinished
        self._keep_quiet(done.retry_after)
        now = self._clock.monotonic()
        if done.held_up:
            self._failures += 1
            self._not_before = now + full_jitter(self._chance, self._failures, self._rhythm.ceiling)
            return
        self._failures = 0
        pauses = self._attempts.pauses()
        self._not_before = now + min(pauses.values()) if pauses else 0.0

    def _keep_quiet(self, seconds: float) -> None:
        """As long as the center asked for, and a little longer: the others were told the same."""
        if seconds > 0:
            self._busy_until = self._clock.monotonic() + seconds + self._chance.uniform(0, min(seconds, SPREAD))

    def _sending(self, case_id: str, there: int, in_all: int) -> None:
        if self._clock.monotonic() - self._noted >= NOTE_EVERY:
            self._note(Sending(case_id=case_id, there=there, in_all=in_all))

    def _settle(self, epoch: str) -> None:
        """What the center has safely is forgotten; what it lost is offered again with the next turn."""
        try:
            if self._keeping.settle(epoch):
                self.wake()
        except (CenterFailed, OSError):
            return  # asked again later; nothing is lost by keeping

    def _delivered(self, entry: Entry, receipt: Receipt) -> None:
        self._last = None  # each delivery is told, even where the number that wait is what was told last
        self._waiting -= 1
        self._say(SyncChanged(waiting=self._waiting, reachable=True))
        if entry.kind in WAITED_FOR and not entry.case_number:  # one that has its number was offered again
            self._follow(entry, receipt.case_number)

    def _follow(self, entry: Entry, case_number: str) -> None:
        state = "inReview" if entry.instant else "awaitingPrecheck"
        if entry.instant and self._is_new(entry):
            self._undecided[entry.envelope_id] = self._clock.monotonic() + RESULT_PATIENCE
            if self._asked(entry.envelope_id):
                return
        self._report(Delivered(case_id=entry.envelope_id, case_number=case_number, state=state))

    def _ask_results(self) -> None:
        for case_id, until in list(self._undecided.items()):
            if not self._asked(case_id) and self._clock.monotonic() > until:
                self._undecided.pop(case_id, None)

    def _asked(self, case_id: str) -> bool:
        """Whether the decision was there and was told."""
        try:
            reply = self._link.result(case_id)
        except CenterFailed:
            return False
        if reply.decision is None or reply.decision.outcome == "pending":
            return False
        decision: Mapping[str, Json] = reply.decision.model_dump(mode="json")
        self._undecided.pop(case_id, None)
        self._report(Delivered(case_id=case_id, case_number=reply.case_number, state=reply.state, decision=decision))
        return True

    def _is_new(self, entry: Entry) -> bool:
        """Nobody stands at the screen any more for one that waited long: its decision is asked for by its number."""
        made = datetime.fromisoformat(entry.created_at)
        return abs((self._link.time.now() - made).total_seconds()) < RESULT_PATIENCE

    def _tell(self, *, reachable: bool) -> None:
        if reachable != self._reachable:
            self._since = iso_seconds(self._link.time.now())
        self._reachable = reachable
        self._waiting = self._outbox.count_waiting()
        self._say(SyncChanged(waiting=self._waiting, reachable=reachable))
        self._note(None)

    def _say(self, told: SyncChanged) -> None:
        if told != self._last:
            self._last = told
            self._report(told)

    def _note(self, sending: Sending | None) -> None:
        """For `kiosk queue`."""
        now, monotonic = self._link.time.now(), self._clock.monotonic()
        self._noted = monotonic

        def at(moment: float) -> str:
            return iso_seconds(now + timedelta(seconds=moment - monotonic)) if moment > monotonic else ""

        later = {name: at(monotonic + pause) for name, pause in self._attempts.pauses().items()}
        write_note(
            self._outbox.folder,
            SyncNote(
                reachable=bool(self._reachable),
                since=self._since,
                busy_until=at(self._busy_until),
                next_try_at=at(max(self._not_before, self._busy_until, monotonic + self.pause())),
                sending=sending,
                later=later,
            ),
        )

    def pause(self) -> float:
        """Seconds until the next turn, unless it is woken."""
        now = self._clock.monotonic()
        if self._busy_until > now:
            return self._busy_until - now
        if self._more_at_once and self._reachable:
            return 0.0
        pause = self._rhythm.ping_when_there if self._reachable else self._rhythm.ping_when_away
        if self._undecided and self._reachable:
            pause = min(pause, RESULT_EVERY)
        if self._not_before and self._reachable:  # or it would ask a center that is away without a pause
            pause = min(pause, max(0.05, self._not_before - now))
        return pause

    def _wait(self) -> None:
        pause = self.pause()
        with self._signal:
            self._signal.wait_for(lambda: self._woken or self._stopping, timeout=pause)
