"""`python -m tests.hostile [--runs N] [--first S]`: so many terminals deliver through a hostile network; a seed that
failed is tried again by `--runs 1 --first SEED`."""

import argparse
import random  # noqa: TID251 - the seed is the point of it
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.hostile.network import Fault
from tests.hostile.ordeal import ordeal

MOST_FAULTS = 40


def faults_of(seed: int) -> list[Fault]:
    chance = random.Random(seed)
    kinds = chance.sample(list(Fault), chance.randint(2, len(Fault)))
    return chance.choices(kinds, k=chance.randint(5, MOST_FAULTS))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    violations, delivered, met, longest = 0, 0, Counter(), 0.0
    with tempfile.TemporaryDirectory() as name, ordeal(Path(name), asked.runs) as ready:
        for seed in range(asked.first, asked.first + asked.runs):
            faults = faults_of(seed)
            try:
                delivered += ready.meets(faults, seed)
            except AssertionError as found:
                violations += 1
                print(f"seed {seed}: {found}", flush=True)
            met.update(faults)
            longest = max(longest, ready.network.longest)
    print(*(f"{count:>6} × {fault}" for fault, count in sorted(met.items())), sep="\n")
    print(f"{asked.runs} terminals, {delivered} cases delivered, {met.total()} faults, longest answer {longest:.1f} s")
    print(f"{violations} violations")
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
