"""Work that arrives from many threads at once is done in one go, so that forty cases cost one sync of the disk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 64  # items in one go: more would keep the first one waiting


@dataclass
class _Place(Generic[Item, Result]):
    item: Item
    results: list[Result] = field(default_factory=list)
    failure: Exception | None = None

    @property
    def done(self) -> bool:
        return bool(self.results) or self.failure is not None


class Grouping(Generic[Item, Result]):
    """Whoever comes while a group is being worked on belongs to the next one; nobody waits for a timer."""

    def __init__(self) -> None:
        self._waiting: list[_Place[Item, Result]] = []
        self._queue, self._turn = Lock(), Lock()

    def do(self, item: Item, work: Callable[[Sequence[Item]], Sequence[Result]]) -> Result:
        """The result for this item; raises what `work` raised for it alone. `work`: as many results as items."""
        place = _Place[Item, Result](item)
        with self._queue:
            self._waiting.append(place)
        with self._turn:
            if not place.done:
                self._work(self._take(), work)
        if place.failure is not None:
            raise place.failure
        return place.results[0]

    def _take(self) -> list[_Place[Item, Result]]:
        with self._queue:
            taken, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return taken

    def _work(self, places: Sequence[_Place[Item, Result]], work: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        """One that fails must not sink those beside it: then each is tried alone."""
        try:
            for place, result in zip(places, work([place.item for place in places]), strict=True):
                place.results.append(result)
        except Exception as failure:  # noqa: BLE001 - raised again in the thread that asked
            if len(places) == 1:
                places[0].failure = failure
                return
            for place in places:
                self._work([place], work)
