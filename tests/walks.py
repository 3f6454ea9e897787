"""`python -m tests.walks [--visits N] [--seed S] [--each] [MATTER...]`: random visits through every matter, and what
they passed: how many of its steps, and of the two ways of each `when`; with `--each` every one, and how often.

Each matter is walked until every step was reached and every condition was true and false, at least `--visits` times.
Ends with 1 where something of a matter was never passed, or what must always hold did not.
"""

import argparse
import sys

from flows.load import load_catalog
from flows.matter import Matter
from tests.flows.random_walk import Coverage, Walker, conditions_of

MOST = 3000  # visits until what was not passed counts as unreachable


def cover(matter: Matter, seed: int, least: int, most: int = MOST) -> Coverage:
    walker = Walker(matter, seed)
    while walker.coverage.visits < least or (walker.coverage.missing and walker.coverage.visits < most):
        walker.walk()
    return walker.coverage


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.walks", description=__doc__)
    parser.add_argument("--visits", type=int, default=200, help="of each matter, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", action="store_true", help="every step and condition with how often it was passed")
    parser.add_argument("matters", nargs="*")
    options = parser.parse_args(arguments)
    missing, passed, all_of_them = 0, 0, 0
    for name, matter in load_catalog().items():
        if options.matters and name not in options.matters:
            continue
        coverage = cover(matter, options.seed, options.visits)
        steps, conditions = len(matter.steps), len(list(conditions_of(matter)))
        lost = coverage.missing
        reached = steps - sum("step" in item for item in lost)
        ways = 2 * conditions - sum(" never " in item for item in lost)
        said = f"{coverage.visits:5} visits  steps {reached}/{steps}  conditions {ways}/{2 * conditions} ways"
        print(f"{name:34} {said}")
        for item in (*coverage.lines(), *lost) if options.each else lost:
            print(f"  {item}")
        missing += len(lost)
        passed, all_of_them = passed + reached + ways, all_of_them + steps + 2 * conditions
    print(f"passed {passed}/{all_of_them} of all matters' steps and ways of their conditions")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
