"""The door every driver's payloads go through: the grammar, and the same code seen twice in a row."""

from devices.clock import Clock
from devices.scanner.grammar import PayloadRefused, accept

AGAIN = 1.0  # s; the same payload within this time of its last sight is the same presentation


class Intake:
    """Not shared between threads. `refusal` says why the last payload was turned away; empty where it was not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, float] = {}  # text: s; one frame may hold several codes
        self.refusal = ""

    def admit(self, raw: bytes | str) -> str | None:
        """The text, or None where it was refused or is the code already handed over and still in view."""
        try:
            text = accept(raw)
        except PayloadRefused as refusal:
            self.refusal = str(refusal)
            return None
        self.refusal = ""
        now = self._clock.monotonic()
        self._seen = {known: when for known, when in self._seen.items() if now - when < AGAIN}
        again = text in self._seen
        self._seen[text] = now
        return None if again else text
