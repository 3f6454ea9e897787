"""A thread of its own for one concern: takes a turn, rests for as long as the turn says, and can be woken."""

import logging
import threading
from typing import Protocol

log = logging.getLogger(__name__)
AFTER_FAULT = 1.0  # s of rest after a turn that failed for a reason nobody foresaw


class Turn(Protocol):
    def __call__(self) -> float | None:
        """Seconds until the next turn; None: until woken."""
        ...


class Rounds:
    """`wake` before or during a turn makes the next one follow at once."""

    def __init__(self, name: str, turn: Turn) -> None:
        self._name = name
        self._turn = turn
        self._signal = threading.Condition()
        self._woken = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        with self._signal:
            self._woken = True
            self._signal.notify()

    def stop(self, patience: float = 2.0) -> None:
        """`patience` in s; a turn that takes longer is left behind with the process."""
        with self._signal:
            self._stopping = True
            self._signal.notify()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping:
            with self._signal:
                self._woken = False
            try:
                pause = self._turn()
            except Exception as error:  # noqa: BLE001 - one concern's fault must not end the others
                log.error("%s failed: %s", self._name, type(error).__name__)
                pause = AFTER_FAULT
            with self._signal:
                self._signal.wait_for(lambda: self._woken or self._stopping, timeout=pause)
