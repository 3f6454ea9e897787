"""How a driver whose engine sends of its own accord hands codes over: one at a time, fresh ones only, cancellable."""

import threading
from collections import deque
from collections.abc import Callable, Iterable

from devices.clock import Clock
from devices.device import Action, CommandCancelled, DeviceLost, HealthLevel, HealthReport
from devices.scanner.aim import UNKNOWN, symbology_and_text
from devices.scanner.contract import Code
from devices.scanner.intake import Intake

SLICE = 0.1  # s; how often a wait looks whether it was cancelled
STALE = 3.0  # s; what was scanned while nobody waited for longer than this is of the last visitor
HELD_UP = 10.0  # s an interactive test waits for a code

Listen = Callable[[float], Iterable[bytes]]


class Waiting:
    """`listen(patience)` gives the payloads that became whole within `patience` s; `forget` drops what came so far.
    Not shared between threads but for `cancel`. `aim`: payloads begin with an AIM identifier.
    """

    def __init__(self, name: str, clock: Clock, listen: Listen, forget: Callable[[], None], *, aim: bool) -> None:
        self._name = name
        self._clock = clock
        self._listen = listen
        self._forget = forget
        self._aim = aim
        self._whole: deque[bytes] = deque()
        self._intake = Intake(clock)
        self._cancelled = threading.Event()
        self._asked = clock.monotonic()  # s; when somebody waited last

    @property
    def refusal(self) -> str:
        """Why the last payload was turned away; empty where it was not."""
        return self._intake.refusal

    @property
    def idle(self) -> float:
        """s since somebody waited last."""
        return self._clock.monotonic() - self._asked

    def cancel(self) -> None:
        """Ends a wait within `SLICE`; where nobody waits, nothing. From any thread."""
        self._cancelled.set()

    def clear(self) -> None:
        self._whole.clear()
        self._asked = self._clock.monotonic()

    def code(self, timeout: float) -> Code | None:
        """Raises CommandCancelled and what `listen` raises."""
        self._cancelled.clear()
        started = self._clock.monotonic()
        if started - self._asked > STALE:
            self._forget()
            self.clear()
        while True:
            left = timeout - (self._clock.monotonic() - started)
            self._whole.extend(self._listen(max(0.0, min(SLICE, left))))
            while self._whole:
                code = self._admitted(self._whole.popleft())
                if code is not None:
                    self._asked = self._clock.monotonic()
                    return code
            self._asked = self._clock.monotonic()
            if self._cancelled.is_set():
                raise CommandCancelled(f"{self._name}: reading was cancelled")
            if self._asked - started >= timeout:
                return None

    def health(self, level: HealthLevel, status: Callable[[], object]) -> HealthReport:
        """`INTERACTIVE` waits for somebody to hold up a code."""
        try:
            status()
            if level is HealthLevel.INTERACTIVE and self.code(HELD_UP) is None:
                finding = f"no code came within {HELD_UP:.0f} s"
                return HealthReport(level, False, (finding,), Action.CALL_MAINTENANCE)
        except DeviceLost as error:
            return HealthReport(level, False, (str(error),), error.action)
        return HealthReport(level, True)

    def _admitted(self, payload: bytes) -> Code | None:
        symbology, raw = symbology_and_text(payload) if self._aim else (UNKNOWN, payload)
        text = self._intake.admit(raw)
        return None if text is None else Code(symbology, text)
