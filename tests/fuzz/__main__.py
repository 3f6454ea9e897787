"""`python -m tests.fuzz [--seconds S] [TARGET...]`: fuzz each parser for so long; exit code 1 when one fell over.

What was found stays in build/fuzz/TARGET, so that the next run begins where this one ended.
"""

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.running import TARGETS, known_targets

ROOT = TARGETS.parents[2]


@dataclass(frozen=True)
class Run:
    target: str
    executions: int
    edges: int
    fell: bool
    said: str


def fuzz(target: str, limit: str, folder: Path) -> Run:
    """Until `limit`, an option of libFuzzer: `-max_total_time=` s or `-runs=` inputs."""
    corpus = folder / target
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.fuzz.running", target, str(corpus), limit]
    command += ["-max_len=4096", "-timeout=10", f"-artifact_prefix={folder}/{target}-", "-print_final_stats=1"]
    ended = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=ROOT, check=False)
    said = ended.stdout + ended.stderr
    executions = [int(number) for number in re.findall(r"number_of_executed_units:\s*(\d+)", said)]
    edges = [int(number) for number in re.findall(r"cov: (\d+)", said)]
    return Run(target, max(executions, default=0), max(edges, default=0), ended.returncode != 0, said)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Coverage-guided fuzzing of the parsers.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"default: all ({', '.join(known_targets())})")
    parser.add_argument("--seconds", type=int, default=60, help="for each target; default: 60")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(known_targets()):
        parser.error(f"unknown target {min(unknown)}; known: {', '.join(known_targets())}")
    fell = False
    for target in asked.targets or known_targets():
        run = fuzz(target, f"-max_total_time={asked.seconds}", ROOT / "build" / "fuzz")
        fell = fell or run.fell
        print(f"{target:16} {run.executions:>9} inputs  {run.edges:>5} edges  {'FELL OVER' if run.fell else 'stands'}")
        if run.fell:
            print(run.said)
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
