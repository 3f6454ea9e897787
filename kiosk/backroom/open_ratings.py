"""Ratings that may still change: on disk at the first touch, offered to the center once the person has left.

Which of the outbox's rows these are is known in memory alone, so that after a power cut they are like all that waits.
"""

from collections.abc import Callable

from kiosk.backroom.commit import Seal
from kiosk.backroom.entries import Entry
from kiosk.backroom.outbox import Outbox


class OpenRatings:
    """Belongs to one thread. The ratings of earlier visits are open too until the screen says that nobody is in one."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        outbox.hold_back(entry.envelope_id for entry in outbox.waiting() if entry.kind == "rating")

    def note(self, rating_id: str, local_number: Callable[[int], str], seal: Seal) -> Entry:
        """On disk when this returns; while it is open the same id again replaces it. Raises as the outbox does."""
        known = self._outbox.entry(rating_id) is not None
        if known and self._outbox.is_held_back(rating_id):
            return self._outbox.replace(rating_id, seal)
        if not known:
            self._outbox.hold_back([rating_id])
        return self._outbox.add(rating_id, "", False, local_number, {}, seal)

    def withdraw(self, rating_id: str) -> None:
        """No rating after all; one that was offered already stays. Raises sqlite3.Error."""
        if self._outbox.is_held_back(rating_id):
            self._outbox.kept.forget([rating_id])

    def settle(self) -> bool:
        """They stay as they are and go to the center; whether there were any."""
        return self._outbox.let_go()
