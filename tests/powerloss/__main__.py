"""`python -m tests.powerloss [--seeds N]`: the power goes after every operation of the disk; what was not synced is
dropped, reordered and torn, N times each; prints the points tried and the violations seen."""

import argparse
import sys

from tests.powerloss.cutting import cut_everywhere


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.powerloss", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    asked = parser.parse_args()
    violations = 0
    for act in ("commit", "print"):
        cuts = cut_everywhere(act, seeds=asked.seeds)
        print(cuts, *(f"  {line}" for line in cuts.violations), sep="\n", flush=True)
        violations += len(cuts.violations)
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
