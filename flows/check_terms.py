"""What the terms of a well-shaped matter can get wrong: needs, windows, handovers, and parts that wait."""

from collections import Counter
from collections.abc import Iterable, Iterator

from flows.events import EVENTS
from flows.matter import Matter
from flows.positions import Fault, Path
from flows.terms import Limits, Part

_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of each month at most
_NOT_OF_A_PART = ("review", "submit", "result", "rate")


def terms_faults(matter: Matter) -> Iterator[Fault]:
    if "network" in matter.needs and matter.offline == "queue":
        yield Fault(("needs",), "a matter that needs the network cannot queue cases without it", "offline: refuse")
    if matter.offline_reason and matter.offline == "queue":
        yield Fault(("offline_reason",), "a matter that can be done offline has nothing to explain", "offline: refuse")
    yield from _limits(matter)
    yield from _search(matter)
    yield from _window(matter)
    yield from _parts(matter)
    yield from _handover(matter)


def _limits(matter: Matter) -> Iterator[Fault]:
    places: list[tuple[Path, Limits | None]] = [(("limits",), matter.limits)]
    places += [(("parts", place, "limits"), part.limits) for place, part in enumerate(matter.parts)]
    for path, limits in places:
        legal, promised = (limits.legal_days, limits.promised_days) if limits else (None, None)
        if legal is not None and promised is not None and promised > legal:
            yield Fault(
                (*path, "promised_days"), f"{promised} days are promised where the law allows {legal}", f"0 to {legal}"
            )


def _search(matter: Matter) -> Iterator[Fault]:
    known = [event.id for event in EVENTS]
    for place, event in enumerate(matter.search.events):
        if event not in known:
            yield Fault(("search", "events", place), f"unknown event of life '{event}'", ", ".join(known))


_HANDED_OVER_WITH = {"pickup": ({"at"},), "locker": ({"at", "locker"},), "post": ({"to"}, {"at"})}


def _handover(matter: Matter) -> Iterator[Fault]:
    known = [part.id for part in matter.parts]
    for place, way in enumerate(matter.handover):
        path, wanted = ("handover", place), _HANDED_OVER_WITH[way.by]
        given = {key for key in ("at", "locker", "to") if getattr(way, key) is not None}
        if given not in wanted:
            keys = " or ".join(", ".join(sorted(ones)) for ones in wanted)
            yield Fault(path, f"a handover by {way.by} has other keys", f"when, by, parts, {keys}")
        for at, part in enumerate(way.parts):
            if part not in known:
                allowed = ", ".join(known) or "no parts where the matter has none"
                yield Fault((*path, "parts", at), f"there is no part '{part}' to hand over", allowed)
        if way.when is None and place < len(matter.handover) - 1:
            yield Fault(path, "the ways after this one are never reached", "when, in all but the last way")


def twice(names: Iterable[str], path: Path, what: str, key: str = "id") -> Iterator[Fault]:
    """A fault for each name that stands here a second time."""
    first = Counter[str]()
    for place, name in enumerate(names):
        if first[name]:
            yield Fault((*path, place, key), f"{what} '{name}' is used twice", "an id of its own")
        first[name] += 1


def _window(matter: Matter) -> Iterator[Fault]:
    window = matter.window
    if window is None:
        return
    if not (window.months or window.days or window.weekdays or window.hours):
        yield Fault(("window",), "a window that is always open restricts nothing", "months, days, weekdays, hours")
    if window.hours and window.hours.start >= window.hours.end:
        yield Fault(("window", "hours"), "the hours end before they begin", "start before end, on one day")
    if window.months and window.days and not any(day <= _DAYS[month] for month in window.months for day in window.days):
        yield Fault(("window", "days"), "none of these months has one of these days", "days that there are")


def _parts(matter: Matter) -> Iterator[Fault]:
    if len(matter.parts) == 1:
        yield Fault(("parts",), "a linked matter has at least two parts", "two parts or more, or no parts")
    yield from twice((part.id for part in matter.parts), ("parts",), "part id")
    known = [part.id for part in matter.parts]
    steps = [step.id for step in matter.steps if step.kind not in _NOT_OF_A_PART]
    for place, part in enumerate(matter.parts):
        path = ("parts", place)
        for at, need in enumerate(part.needs):
            if need not in known:
                yield Fault((*path, "needs", at), f"part '{part.id}' needs the unknown part '{need}'", ", ".join(known))
        for at, answer in enumerate(part.answers):
            if answer not in steps:
                yield Fault(
                    (*path, "answers", at), f"there is no step '{answer}' to take an answer of", ", ".join(steps)
                )
        circle = _circle(part, matter)
        if circle:
            yield Fault((*path, "needs"), f"parts wait for each other: {' → '.join(circle)}", "needs without a circle")


def _circle(part: Part, matter: Matter) -> tuple[str, ...]:
    """The shortest way over `needs` from a part back to itself; empty where there is none."""
    needs = {other.id: other.needs for other in matter.parts}
    ways: list[tuple[str, ...]] = [(part.id,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is walked
        for need in needs.get(way[-1], ()):
            if need == part.id:
                return (*way, need)
            if need not in seen:
                seen.add(need)
                ways.append((*way, need))
    return ()
