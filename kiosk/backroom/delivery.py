"""One round over what waits: small envelopes several at once, large ones a share at a time, each judged for itself.

Order: what just came in, then what was never offered, then what was offered longest ago. One envelope's own trouble
sends it behind the others; only a sign that no center is there, or that it has no time, ends the round.
"""

import random  # noqa: TID251 - a generator of this process's own, for pauses
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from flows.wire import EnvelopeRefused, Receipt
from kiosk.backroom.answers import CenterFailed, Poison, check_problem
from kiosk.backroom.attempts import Attempts
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.entries import Entry, Parcel
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.uploads import Uploads

OnDelivered = Callable[[Entry, Receipt], None]
PAGE = 128  # envelopes looked at together
BATCH_BYTES = 512 * 1024  # of sealed text in one request
SHARE = 2 * 1024 * 1024  # bytes of attachments of one case before the next one has its turn
_ATTACHMENTS_MISSING = 424
OWN_TROUBLES = 5  # in a row; then the trouble is the center's and the round ends


@dataclass(frozen=True)
class Round:
    """`reachable`: a center answered; `last_error` is that of the first envelope that could not be delivered.

    `held_up`: the round ended early; `retry_after`: s for which the center asked not to be asked. `unfinished`: there
    is more to send at once.
    """

    delivered: int = 0
    quarantined: int = 0
    waiting: int = 0
    reachable: bool = True
    last_error: str = ""
    held_up: bool = False
    retry_after: float = 0.0
    unfinished: bool = False

    def followed_by(self, later: "Round") -> "Round":
        return replace(
            later, delivered=self.delivered + later.delivered, quarantined=self.quarantined + later.quarantined
        )

    def as_json(self) -> dict[str, object]:
        return {
            "delivered": self.delivered,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "reachable": self.reachable,
            "last_error": self.last_error or None,
        }

    def in_words(self) -> str:
        aside = f", {self.quarantined} set aside (kiosk queue list)" if self.quarantined else ""
        trouble = f"; {self.last_error}" if self.last_error else ""
        return f"{self.delivered} delivered, {self.waiting} waiting{aside}{trouble}"


@dataclass
class Watch:
    """What the caller wants to know and say while a round goes on."""

    delivered: OnDelivered
    go_on: Callable[[], bool] = lambda: True
    sending: Callable[[str, int, int], None] = lambda _id, _there, _in_all: None


def deliver_waiting(outbox: Outbox, link: CenterLink, on_delivered: OnDelivered) -> Round:
    """All that can be delivered now, without pauses; what fails is tried once."""
    attempts = Attempts(link.time, random.Random(), ceiling=0.0)  # noqa: S311 - spreads nothing here
    delivery, total = Delivery(outbox, link, attempts), Round()
    while True:
        done = delivery.round(Watch(on_delivered))
        total = total.followed_by(done)
        if done.held_up or not done.unfinished:
            return total


@dataclass
class _Tally:
    """Of the round under way."""

    turn: int
    delivered: int = 0
    quarantined: int = 0
    own_troubles: int = 0
    last_error: str = ""
    reachable: bool = True
    held_up: bool = False
    retry_after: float = 0.0
    unfinished: bool = False
    seen: set[str] = field(default_factory=set)


class Delivery:
    """Belongs to one thread."""

    def __init__(self, outbox: Outbox, link: CenterLink, attempts: Attempts) -> None:
        self._outbox = outbox
        self._link = link
        self._attempts = attempts
        self._uploads = Uploads(link, outbox.attachment_path)
        self._tally = _Tally(0)
        self._watch = Watch(lambda _entry, _receipt: None)

    def round(self, watch: Watch) -> Round:
        """Everything that waits and is due, once. Raises sqlite3.Error."""
        self._watch, self._tally = watch, _Tally(self._outbox.turn())
        tally, after = self._tally, (-1, -1)
        while self._goes_on() and (page := self._outbox.to_offer(tally.turn, after, PAGE)):
            after = page[-1].entry.tried, page[-1].entry.sequence
            self._offer(page)
        return Round(
            tally.delivered,
            tally.quarantined,
            self._outbox.count_waiting(),
            tally.reachable,
            tally.last_error,
            tally.held_up,
            tally.retry_after,
            tally.unfinished,
        )

    def _goes_on(self) -> bool:
        return not self._tally.held_up and self._watch.go_on()

    def _offer(self, page: Sequence[Parcel]) -> None:
        due = [one for one in page if self._attempts.is_due(one.entry.envelope_id)]
        due = [one for one in due if one.entry.envelope_id not in self._tally.seen]
        self._offer_small([one for one in due if not one.envelope.attachments])
        for parcel in due:
            if parcel.envelope.attachments and self._goes_on():
                self._offer_one(parcel)
                self._offer_fresh()

    def _offer_fresh(self) -> None:
        """Between two large ones: whoever is at the screen now does not wait for a backlog."""
        fresh = self._outbox.fresh()
        self._offer_small([one for one in fresh if not one.envelope.attachments])

    def _offer_small(self, parcels: Sequence[Parcel]) -> None:
        place = 0
        while place < len(parcels) and self._goes_on():
            batch = _fitting(parcels[place : place + self._attempts.batch])
            place += len(batch)
            if len(batch) > 1 and self._offer_batch(batch):
                continue
            for parcel in batch:
                if self._goes_on():
                    self._offer_one(parcel)
            if len(batch) == 1 and self._goes_on():
                self._attempts.batch_went(well=True)

    def _offer_batch(self, batch: Sequence[Parcel]) -> bool:
        """False: each is to be tried alone."""
        entries = {one.entry.envelope_id: one.entry for one in batch}
        try:
            receipts, refused = self._link.deliver_batch([(one.envelope, one.earlier) for one in batch])
        except CenterFailed as error:
            self._attempts.batch_went(well=False)
            if error.answered and not error.busy:
                return False
            self._failed(list(entries.values()), error)
            return True
        self._tally.seen |= entries.keys()
        self._delivered([(entries[receipt.envelope_id], receipt) for receipt in receipts])
        for one in refused:
            try:
                check_problem(one.problem, one.problem.status)
            except Poison:  # alone it is asked about once more: it may be the batch that came altered
                self._offer_one(next(parcel for parcel in batch if parcel.entry.envelope_id == one.envelope_id))
            except CenterFailed as error:
                self._failed([entries[one.envelope_id]], error)
        self._attempts.batch_went(well=True)
        return True

    def _offer_one(self, parcel: Parcel) -> None:
        entry, envelope = parcel.entry, parcel.envelope
        self._tally.seen.add(entry.envelope_id)
        try:
            if not self._uploads.bring(envelope, SHARE, lambda *far: self._watch.sending(entry.envelope_id, *far)):
                self._tally.unfinished = True
                self._tally.seen.discard(entry.envelope_id)
                return
            receipt = self._link.deliver(envelope, parcel.earlier)
        except (Poison, EnvelopeRefused) as error:
            self._quarantine(entry, str(error))
        except FileNotFoundError:
            self._quarantine(entry, "a sealed attachment is missing on this machine")
        except CenterFailed as error:
            if error.status == _ATTACHMENTS_MISSING:
                self._uploads.doubt(envelope)
            self._failed([entry], error)
        except OSError as error:
            self._tally.last_error = self._tally.last_error or f"this machine's disk: {error.strerror or error}"
            self._attempts.failed(entry.envelope_id)
        else:
            self._delivered([(entry, receipt)])

    def _delivered(self, pairs: Sequence[tuple[Entry, Receipt]]) -> None:
        """On disk before anybody is told."""
        try:
            self._outbox.delivered([receipt for _, receipt in pairs])
        except sqlite3.Error as error:
            self._tally.last_error = self._tally.last_error or f"this machine's disk: {error}"
            self._tally.held_up = True
            return
        self._tally.delivered += len(pairs)
        self._tally.own_troubles = 0
        for entry, receipt in pairs:
            self._attempts.ended(entry.envelope_id)
            self._watch.delivered(entry, receipt)

    def _quarantine(self, entry: Entry, reason: str) -> None:
        self._outbox.quarantine(entry.envelope_id, reason)
        self._attempts.ended(entry.envelope_id)
        self._tally.quarantined += 1

    def _failed(self, entries: Sequence[Entry], error: CenterFailed) -> None:
        tally = self._tally
        tally.last_error = tally.last_error or str(error)
        tally.reachable = tally.reachable and error.answered
        tally.retry_after = max(tally.retry_after, error.retry_after)
        tally.own_troubles += 1
        tally.held_up = not error.answered or error.busy or tally.own_troubles >= OWN_TROUBLES
        self._outbox.failed([entry.envelope_id for entry in entries], str(error), tally.turn)
        if not error.busy:
            for entry in entries:
                self._attempts.failed(entry.envelope_id)


def _fitting(parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    """As many of the first ones as fit into a request; one at least."""
    size = 0
    for number, parcel in enumerate(parcels):
        size += len(parcel.envelope.sealed)
        if size > BATCH_BYTES and number:
            return parcels[:number]
    return parcels
