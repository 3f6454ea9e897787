"""`python -m tests.failover [--terminals N] [--cases N] [--rounds N]`: the PostgreSQL primary is killed as cases come
in, its synchronous standby promoted; prints what was acknowledged, and how much of it was lost or doubled: 0."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.failover.running import run_failover


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.failover", description=__doc__)
    parser.add_argument("--terminals", type=int, default=8)
    parser.add_argument("--cases", type=int, default=100, help="of each terminal")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    violations = 0
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as folder:
            done = run_failover(Path(folder), asked.terminals, asked.cases)
        print(done, flush=True)
        violations += done.violations
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
