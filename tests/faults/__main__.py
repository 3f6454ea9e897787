"""`python -m tests.faults [--stride N] [ACT...]`: every write, sync, rename and unlink of the terminal's acts, each
ended by kill -9, EIO and ENOSPC; prints the points tried and the violations seen."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.acts import bench
from tests.faults.sweep import FAULTS, sweep


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument(
        "acts", nargs="*", metavar="ACT", help="commit, print, deliver, sync, open, update; default: all"
    )
    parser.add_argument("--stride", type=int, default=1, help="every n-th point only")
    asked = parser.parse_args()
    violations = 0
    with tempfile.TemporaryDirectory() as name, bench(Path(name)) as ready:
        for act in ready.acts():
            if asked.acts and act.name not in asked.acts:
                continue
            for fault in FAULTS:
                swept = sweep(act, fault, ready.server, Path(name) / act.name / fault, stride=asked.stride)
                print(swept, flush=True)
                violations += len(swept.violations)
                print(*(f"  {line}" for line in swept.violations), sep="\n", end="\n" if swept.violations else "")
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
