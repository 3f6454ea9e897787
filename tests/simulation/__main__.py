"""`python -m tests.simulation [--seeds N] [--first S]`: so many worlds; a seed that failed replays the same."""

import argparse
import sys

from tests.simulation.running import run_seeds


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    failed = run_seeds(range(asked.first, asked.first + asked.seeds), print)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
