"""`python -m benchmarks.matters`: the next page of the largest matter, the catalogue at a start, a thousand matters."""

import sys
import tempfile
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from flows.answers import AnswerRefused
from flows.checked import digest_of, keep
from flows.load import CATALOG, load_catalog, self_contained
from flows.matter import Matter
from flows.visit import Visit
from tests.flows.walking import possible_answers

NEXT_PAGE = 1.0  # ms, p99
START = 150.0  # ms
THOUSAND = 3000.0  # ms
ROUNDS = 60


def next_pages(matter: Matter) -> list[float]:
    """Milliseconds from an answer to the next page's step and place, over whole visits."""
    times = []
    for _ in range(ROUNDS):
        visit = Visit.begin(matter, date(2026, 11, 23))
        while (step := visit.current) is not None:
            for answer in possible_answers(visit):
                started = perf_counter()
                try:
                    answered = visit.answer(step.id, answer)
                except AnswerRefused:
                    continue
                answered.current, answered.place  # noqa: B018 - what the next page asks for
                times.append((perf_counter() - started) * 1000)
                visit = answered
                break
    return sorted(times)


def loading(folder: Path, kept: Path) -> float:
    """Milliseconds, the matters checked before; best of three."""
    load_catalog(folder, kept)
    best = []
    for _ in range(3):
        started = perf_counter()
        load_catalog(folder, kept)
        best.append((perf_counter() - started) * 1000)
    return min(best)


def thousand(folder: Path, kept: Path) -> None:
    """Copies of the catalogue's matters under names of their own, kept as if they had been checked one by one."""
    texts = {path.stem: self_contained(path) for path in CATALOG.glob("*.yaml")}
    matters = {}
    for number, (name, matter) in enumerate(islice(cycle(load_catalog().items()), 1000)):
        other = f"{name}-{number}"
        text = texts[name].replace(f"id: {name}", f"id: {other}", 1)
        (folder / f"{other}.yaml").write_text(text, encoding="utf-8")
        matters[other] = matter.model_copy(update={"id": other})
    keep(kept, digest_of(folder), matters)


def said(what: str, value: float, limit: float) -> bool:
    print(f"{what:44} {value:8.2f} ms  ratio to limit {value / limit:.2f} (limit {limit:.0f} ms)")
    return value <= limit


def main() -> int:
    largest = max(load_catalog().values(), key=lambda matter: len(matter.model_dump_json()))
    times = next_pages(largest)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "many"
        folder.mkdir()
        kept = Path(place) / "kept-many"
        thousand(folder, kept)
        results = [
            said(f"next page, p99, {largest.id}", times[int(len(times) * 0.99)], NEXT_PAGE),
            said("the catalogue at a start, checked before", loading(CATALOG, Path(place) / "kept"), START),
            said("a thousand matters, checked before", loading(folder, kept), THOUSAND),
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
