"""What can be done at this terminal: the matters, and how they are found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from flows.events import EVENTS
from flows.finding import Finder
from flows.matter import Matter
from flows.text import Text

_BY_DEPARTMENT, _BY_EVENT = "department:", "event:"


@dataclass(frozen=True)
class Group:
    """Matters that belong together, by their ids; `matters` is never empty."""

    id: str
    label: Text
    icon: str
    matters: tuple[str, ...]


class Offer:
    """One set of matters; another set is another offer."""

    def __init__(self, catalog: Mapping[str, Matter], finder: Finder | None = None) -> None:
        self.catalog = catalog
        self._finder = finder

    @cached_property
    def finder(self) -> Finder:
        """Made when it is first needed, where the program did not make it while nobody waited."""
        return self._finder or Finder.over(self.catalog)

    @cached_property
    def events(self) -> tuple[Group, ...]:
        """Those of EVENTS that a matter here belongs to."""
        grouped = (Group(_BY_EVENT + event.id, event.label, event.icon, self._of_event(event.id)) for event in EVENTS)
        return tuple(group for group in grouped if group.matters)

    @cached_property
    def departments(self) -> tuple[Group, ...]:
        """In the order in which the matters name them."""
        found: dict[str, list[Matter]] = {}
        for matter in self.catalog.values():
            found.setdefault(matter.department.zh, []).append(matter)
        return tuple(
            Group(
                _BY_DEPARTMENT + name,
                matters[0].department,
                matters[0].icon,
                tuple(matter.id for matter in matters),
            )
            for name, matters in found.items()
        )

    def group(self, group_id: str) -> Group | None:
        return next((group for group in (*self.events, *self.departments) if group.id == group_id), None)

    def matters(self, ids: Iterable[str]) -> tuple[Matter, ...]:
        return tuple(self.catalog[matter_id] for matter_id in ids if matter_id in self.catalog)

    def most_used(self, used: Mapping[str, int], most: int) -> tuple[str, ...]:
        """The ids, most cases first; without any, in the order of the catalogue."""
        return tuple(sorted(self.catalog, key=lambda matter_id: -used.get(matter_id, 0))[:most])

    def _of_event(self, event: str) -> tuple[str, ...]:
        return tuple(matter.id for matter in self.catalog.values() if event in matter.search.events)
