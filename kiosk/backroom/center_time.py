"""The time as the center tells it: a terminal whose own clock is wrong still signs and dates as it should."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from devices.clock import Clock
from flows.case import iso_seconds
from kiosk.messages.json_value import Json

log = logging.getLogger(__name__)
BELIEVED = timedelta(seconds=2)  # a difference below this is the way of the answer, not the clock
LONGEST_WAY = 10.0  # s between question and answer; after longer the time in it says little
TOLD = timedelta(minutes=1)  # of error that a technician should hear of


@dataclass(frozen=True)
class _Told:
    """The center's time at a moment of the monotonic clock (s), and how far the machine's clock was behind it."""

    time: datetime
    at: float
    off: timedelta


class CenterTime:
    """A Clock. Until the center has told the time it is the machine's own. Then that is believed only while it agrees
    with what the center told and the monotonic clock has counted since: setting or losing the machine's clock moves
    nothing.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: _Told | None = None

    def monotonic(self) -> float:
        return self._clock.monotonic()

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    def now(self) -> datetime:
        return self._clock.now() + self.ahead

    @property
    def ahead(self) -> timedelta:
        """How much must be added to the machine's clock."""
        if self._told is None:
            return timedelta()
        off = self._off(self._told)
        return off if abs(off) > BELIEVED else timedelta()

    @property
    def jumped(self) -> bool:
        """Whether the machine's clock was set since the center told the time: then ask it again."""
        return self._told is not None and abs(self._off(self._told) - self._told.off) > BELIEVED

    def learn(self, told: datetime, asked: float) -> None:
        """`told` in an answer to a question that was asked at that monotonic time (s)."""
        answered = self._clock.monotonic()
        if answered - asked > LONGEST_WAY:
            return
        middle = (asked + answered) / 2
        off = told - (self._clock.now() - timedelta(seconds=answered - middle))
        self._told = _Told(told, middle, off)
        if abs(off) > TOLD:
            log.warning("this machine's clock is %+d s off the center's; set it", -off.total_seconds())

    def _off(self, told: _Told) -> timedelta:
        return told.time + timedelta(seconds=self._clock.monotonic() - told.at) - self._clock.now()

    def redated(self, content: Mapping[str, Json]) -> Mapping[str, Json]:
        """What the screen, which knows only the machine's clock, wants to submit, with the right `created_at`."""
        created, ahead = content.get("created_at"), self.ahead
        if not isinstance(created, str) or abs(ahead) < BELIEVED:
            return content
        try:
            right = datetime.fromisoformat(created) + ahead
        except (ValueError, OverflowError):
            return content  # the clerk says what is wrong with it
        return {**content, "created_at": iso_seconds(right)} if right.tzinfo else content
