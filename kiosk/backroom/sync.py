"""The thread that keeps offering what waits: at once what is new, with full-jitter pauses where it fails."""

import random  # noqa: TID251 - the type only; the generator is given
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from devices.clock import Clock
from flows.wire import Receipt
from kiosk.backroom.center_link import CenterFailed, CenterLink
from kiosk.backroom.delivery import deliver_waiting
from kiosk.backroom.keeping import Keeping
from kiosk.backroom.messages import Delivered, FromBackroom, Json, SyncChanged
from kiosk.backroom.outbox import Entry, Outbox

FIRST_PAUSE = 0.5  # s; the mean of the first pause is half of it
RESULT_PATIENCE = 60.0  # s during which the decision of an instant case is asked for
RESULT_EVERY = 1.0  # s


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
        self._keeping = Keeping(outbox, link, clock, keep_days)
        self._signal = threading.Condition()
        self._woken = False
        self._stopping = False
        self._failures = 0
        self._not_before = 0.0  # s, monotonic; no delivery is tried before, unless woken
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
        """Report once more a case that was delivered earlier, and its decision."""
        if entry.kind == "case":
            self._again.append(entry)
            self.wake()

    def doubt(self) -> None:
        """Someone else could not reach the center: look."""
        if self._reachable:
            self.wake()

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
        while self._again:
            entry = self._again.popleft()
            self._follow(entry, entry.case_number)
        try:
            epoch = self._link.check()
        except CenterFailed:
            self._tell(reachable=False)
            return
        if woken or was_away or self._clock.monotonic() >= self._not_before:
            self._deliver()
        self._ask_results()
        self._settle(epoch)
        self._tell(reachable=True)

    def _deliver(self) -> None:
        done = deliver_waiting(self._outbox, self._link, self._delivered, lambda: not self._stopping)
        if done.last_error:
            self._failures += 1
            longest = min(self._rhythm.ceiling, FIRST_PAUSE * 2 ** min(self._failures, 20))
            self._not_before = self._clock.monotonic() + self._chance.uniform(0, longest)
        else:
            self._failures, self._not_before = 0, 0.0

    def _settle(self, epoch: str) -> None:
        """What the center has safely is forgotten; what it lost is offered again with the next turn."""
        try:
            if self._keeping.settle(epoch):
                self.wake()
        except (CenterFailed, OSError):
            return  # asked again later; nothing is lost by keeping

    def _delivered(self, entry: Entry, receipt: Receipt) -> None:
        self._last = None  # each delivery is told, even where the number that wait is what was told last
        self._tell(reachable=True)
        if entry.kind == "case" and not entry.case_number:  # one that has its number was offered again
            self._follow(entry, receipt.case_number)

    def _follow(self, entry: Entry, case_number: str) -> None:
        state = "inReview" if entry.instant else "awaitingPrecheck"
        if entry.instant:
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

    def _tell(self, *, reachable: bool) -> None:
        self._reachable = reachable
        told = SyncChanged(waiting=self._outbox.count_waiting(), reachable=reachable)
        if told != self._last:
            self._last = told
            self._report(told)

    def pause(self) -> float:
        """Seconds until the next turn, unless it is woken."""
        pause = self._rhythm.ping_when_there if self._reachable else self._rhythm.ping_when_away
        if self._undecided and self._reachable:
            pause = min(pause, RESULT_EVERY)
        if self._not_before:
            pause = min(pause, max(0.05, self._not_before - self._clock.monotonic()))
        return pause

    def _wait(self) -> None:
        pause = self.pause()
        with self._signal:
            self._signal.wait_for(lambda: self._woken or self._stopping, timeout=pause)
