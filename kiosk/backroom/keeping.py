"""How long delivered cases stay: until the center has them in a backup and the days of keeping are over.

A center restored from a backup has another epoch: then all that an older memory acknowledged is offered again.
"""

from datetime import timedelta

from devices.clock import Clock
from flows.backups import MOST_DIGESTS
from flows.case import iso_seconds
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.outbox import Outbox

LOOK_INTERVAL = 600.0  # s between two questions
UNOWNED_FOR = timedelta(hours=1)  # a sealed attachment without a case for so long was left by a commit that never was


class Keeping:
    """`settle` belongs to the sync thread. `keep_days`: delivered cases are kept at least so long."""

    def __init__(self, outbox: Outbox, link: CenterLink, clock: Clock, keep_days: int) -> None:
        self._kept = outbox.kept
        self._link = link
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self._next = 0.0  # s, monotonic
        self._epoch = ""  # as the center proved it last

    def keep(self, days: int) -> None:
        """From now on, so long."""
        self._keep = timedelta(days=days)

    def settle(self, epoch_said: str) -> int:
        """How many wait again; 0 mostly. `epoch_said`, by anybody at all, is only a reason to ask at once.

        Raises CenterFailed, sqlite3.Error, OSError.
        """
        now = self._clock.monotonic()
        if now < self._next and epoch_said == self._epoch:
            return 0
        self._next = now + LOOK_INTERVAL
        kept = self._kept.delivered_before(iso_seconds(self._clock.now() - self._keep), MOST_DIGESTS)
        answer = self._link.backed_up([known for _, known in kept])
        self._epoch = answer.epoch
        again = self._kept.offer_again(answer.epoch)
        if again:
            return again
        safe = set(answer.digests)
        self._kept.forget([envelope_id for envelope_id, known in kept if known in safe])
        if len(kept) == MOST_DIGESTS and safe:
            self._next = now
        self._kept.clear_unowned(self._clock.now() - UNOWNED_FOR)
        return 0
