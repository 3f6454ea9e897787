"""Asks the center once an hour what it says of itself, the time and the key that new cases are sealed to; and at once
when somebody has set this machine's clock."""

from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.center_seal import CenterSeal
from kiosk.backroom.outbox import Outbox

EVERY = 3600.0  # s
AGAIN = 60.0  # s after a question that was not answered


class Heeding:
    """`turn` belongs to the sync thread."""

    def __init__(self, outbox: Outbox, link: CenterLink) -> None:
        self._link = link
        self._seal = CenterSeal(outbox.folder, link.identity)
        self._next = 0.0  # s, monotonic

    def turn(self) -> None:
        """Nothing is lost where it cannot be asked or kept: the key and the clock before go on."""
        now = self._link.time.monotonic()
        if self._next and now < self._next and not self._link.time.jumped:
            return
        try:
            self._seal.learn(self._link.statement())
        except (CenterFailed, OSError):
            self._next = now + AGAIN
        else:
            self._next = now + EVERY
