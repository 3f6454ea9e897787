"""Finding a matter: `python -m benchmarks.finding` prints how often the right one is found, and how long it takes.

Phrases are those of tests/finding over the real catalogue; a third, and others written later, were held out.
"""

import random
import sys
import time

from flows.finding import Finder
from flows.load import load_catalog
from tests.finding.generated import generated
from tests.finding.phrases import Phrase, phrases, rates

FIRST, AMONG = 0.9, 0.97  # of the phrases: right at first, right among the first three
PHRASES = 150
LIMIT, LIMIT_OF_MANY = 30.0, 50.0  # ms, the slowest search
MANY = 1000  # matters
TIMES = 3  # each phrase; the fastest counts, for other programs run meanwhile


def main() -> int:
    catalog = load_catalog()
    asked = phrases(catalog)
    begun = time.perf_counter()
    finder = Finder.over(catalog)
    built = (time.perf_counter() - begun) * 1000
    met = [len(asked) >= PHRASES]
    print(f"phrases           {len(asked)} for {len(catalog)} matters (at least {PHRASES})")
    for name, part in (("known", [one for one in asked if not one.held_out]), ("held out", held_out(asked))):
        reached = rates(finder, part)
        met.append(reached.first >= FIRST and reached.among >= AMONG)
        first = f"right at first {reached.first:.1%}, ratio to limit {reached.first / FIRST:.2f} (at least {FIRST:.0%})"
        print(f"{name:9} {len(part):4}    {first}")
        print(f"{'':17} among three {reached.among:.1%}, ratio {reached.among / AMONG:.2f} (at least {AMONG:.0%})")
        if reached.missed:
            print(f"                  not found: {'; '.join(reached.missed)}")
    met.append(timed(f"{len(catalog)} matters", finder, asked, LIMIT))
    print(f"                  index made in {built:.0f} ms, after the first frame")
    met.append(timed(f"{MANY} matters", generated(catalog, MANY, random.Random(1)), asked, LIMIT_OF_MANY))
    return 0 if all(met) else 1


def held_out(asked: tuple[Phrase, ...]) -> list[Phrase]:
    return [phrase for phrase in asked if phrase.held_out]


def timed(name: str, finder: Finder, asked: tuple[Phrase, ...], limit: float) -> bool:
    taken = sorted(min(once(finder, phrase.text) for _ in range(TIMES)) for phrase in asked)
    middle, slowest = taken[len(taken) // 2], taken[-1]
    ratio = f"ratio to limit {slowest / limit:.2f} (limit {limit:.0f} ms)"
    print(f"{name:17} p50 {middle:.2f} ms, slowest {slowest:.1f} ms, {ratio}")
    return slowest <= limit


def once(finder: Finder, text: str) -> float:
    begun = time.perf_counter()
    finder.find(text)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
