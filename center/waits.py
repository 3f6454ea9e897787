"""How long the oldest piece of work has been under way: what is slow shows before it has ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Waits:
    """Safe from any thread. `monotonic` in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: dict[object, float] = {}

    @contextmanager
    def counted(self) -> Iterator[None]:
        mark = object()
        self._since[mark] = self._monotonic()
        try:
            yield
        finally:
            del self._since[mark]

    def oldest(self) -> float:
        """Seconds; 0 when nothing is under way."""
        since = list(self._since.values())
        return self._monotonic() - min(since) if since else 0.0
