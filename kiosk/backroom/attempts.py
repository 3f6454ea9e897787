"""What a process remembers of its tries: which case pauses until when, and how much fits into one request."""

import random  # noqa: TID251 - the type only; the generator is given

from devices.clock import Clock
from flows.batches import MOST_ENVELOPES

FIRST_PAUSE = 0.5  # s; the mean of the first pause is half of it


def full_jitter(chance: random.Random, failures: int, ceiling: float) -> float:
    """Seconds to wait after so many failures in a row."""
    return chance.uniform(0, min(ceiling, FIRST_PAUSE * 2 ** min(failures, 20)))


class Attempts:
    """By the monotonic clock: nobody who sets a clock makes a case wait for years. `ceiling`: longest pause, s."""

    def __init__(self, clock: Clock, chance: random.Random, ceiling: float) -> None:
        self._clock = clock
        self._chance = chance
        self._ceiling = ceiling
        self._paused: dict[str, tuple[int, float]] = {}  # envelope id → failures, not before
        self.batch = 1  # envelopes in the next request; doubles while all goes well

    def is_due(self, envelope_id: str) -> bool:
        return self._clock.monotonic() >= self._paused.get(envelope_id, (0, 0.0))[1]

    def failed(self, envelope_id: str) -> None:
        failures = self._paused.get(envelope_id, (0, 0.0))[0] + 1
        pause = full_jitter(self._chance, failures, self._ceiling)
        self._paused[envelope_id] = failures, self._clock.monotonic() + pause

    def ended(self, envelope_id: str) -> None:
        """Delivered or set aside."""
        self._paused.pop(envelope_id, None)

    def batch_went(self, *, well: bool) -> None:
        self.batch = min(MOST_ENVELOPES, self.batch * 2) if well else 1

    def pauses(self) -> dict[str, float]:
        """Envelope id → seconds until it is tried again, for those that pause."""
        now = self._clock.monotonic()
        return {name: until - now for name, (_, until) in self._paused.items() if until > now}
