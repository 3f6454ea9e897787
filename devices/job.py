"""One command for a device: what to do with it, until when, and how it ended."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Job:
    """`function` gets the device; `done` is set when `result` or `error` is there."""

    function: Callable[[Any], object]
    until: float
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    result: object = None
    error: BaseException | None = None

    def fail(self, error: BaseException) -> None:
        """Ends a job that nobody will do any more."""
        if not self.done.is_set():
            self.error = error
            self.done.set()
