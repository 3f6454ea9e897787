"""Reads codes with every scanner at once while a page awaits one."""

import threading
from collections.abc import Callable, Mapping
from functools import partial

from devices.device import CommandCancelled, DeviceError, DeviceState
from devices.hub import Hub
from devices.scanner.contract import Code
from kiosk.backroom.rounds import Rounds
from kiosk.messages.from_backroom import CodeRead, FromBackroom

SLICE = 1.0  # s of waiting in one command, so that others get their turn
LIMIT = 4.0  # s for such a command
LOST_PAUSE = 0.8  # s; the hub looks again in the meantime


class CodeDesk:
    """`report` is called from one thread for each scanner."""

    def __init__(self, hub: Hub, scanners: Mapping[str, bool], report: Callable[[FromBackroom], None]) -> None:
        """`scanners`: name → whether it looks through a camera."""
        self._hub = hub
        self._scanners = scanners
        self._report = report
        self._lock = threading.Lock()
        self._armed: frozenset[str] = frozenset()
        self._rounds = [Rounds(f"codes of {name}", partial(self._turn, name)) for name in scanners]

    def start(self) -> None:
        for rounds in self._rounds:
            rounds.start()

    def await_code(self, *, cameras: bool) -> None:
        self._armed = frozenset(name for name, films in self._scanners.items() if cameras or not films)
        for rounds in self._rounds:
            rounds.wake()

    def leave(self) -> None:
        with self._lock:
            armed, self._armed = self._armed, frozenset()
        for name in armed:
            self._hub.cancel(name)

    def stop(self) -> None:
        self.leave()
        for rounds in self._rounds:
            rounds.stop()

    def _turn(self, name: str) -> float | None:
        if name not in self._armed:
            return None
        if self._hub.status(name).state is not DeviceState.ONLINE:
            return 0.2
        try:
            code: Code | None = self._hub.run(name, lambda scanner: scanner.read_code(SLICE), LIMIT)
        except CommandCancelled:
            return 0.0
        except DeviceError:
            return LOST_PAUSE
        if code is not None:
            with self._lock:
                if name in self._armed:
                    self._report(CodeRead(text=code.text, symbology=code.symbology))
        return 0.0
