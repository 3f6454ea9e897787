"""One act again and again, ended at each of its system calls in turn; afterwards what was promised must be there, once.

`strace` (Debian) ends it: by SIGKILL as a power switch ends a program, or by an error the disk gives (EIO, ENOSPC).
kill -9 is not a power cut: what the kernel has taken it still writes.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,sendto"
FAULTS = {"kill": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
LIMIT = 120  # s for one run
ROOT = Path(__file__).parents[2]

Prepare = Callable[[Path], None]
Violations = Callable[[Path, str], list[str]]


@dataclass(frozen=True)
class Act:
    """`prepare` fills the folder of each run; `violations(folder, said)` looks at it after the fault, and finds nothing
    wrong where all is well. `said` is what the run printed before it ended.
    """

    name: str
    prepare: Prepare
    violations: Violations


@dataclass
class Swept:
    act: str
    fault: str
    points: int = 0
    interrupted: int = 0  # runs that did not get to their end
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tried = f"{self.points:>4} points  {self.interrupted:>4} interrupted"
        return f"{self.act:10} {self.fault:7} {tried}  {len(self.violations)} violations"


def run(act: str, folder: Path, inject: str = "", log: Path | None = None) -> str:
    """What it printed."""
    command = [sys.executable, "-m", "tests.faults.scenarios", act, str(folder)]
    if inject or log:
        trace = ["strace", "-f", "-qq", "-o", str(log or os.devnull), "-e", f"trace={CALLS}"]
        command = [*trace, *(["-e", f"inject={CALLS}:{inject}"] if inject else []), *command]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    return ended.stdout


def count_calls(act: Act, folder: Path) -> int:
    """How many calls a whole run makes in its main thread; and that a run without a fault is in order."""
    act.prepare(folder)
    log = folder.with_suffix(".strace")
    said = run(act.name, folder, log=log)
    assert not (found := act.violations(folder, said)), found
    assert "confirmed" in said, said
    lines = log.read_text(errors="replace").splitlines()
    first = lines[0].split()[0]
    return sum(1 for line in lines if line.split()[0] == first and re.match(r"\d+ +\w+\(", line))


def sweep(act: Act, fault: str, folder: Path, stride: int = 1, first: int = 1, points: int = 0) -> Swept:
    """Every `stride`-th point from `first`; or so many `points` spread over all."""
    swept = Swept(act.name, fault)
    calls = count_calls(act, folder / "whole")
    for point in range(first, calls + 1, max(stride, (calls - first) // points + 1) if points else stride):
        place = folder / f"{fault}-{point}"
        act.prepare(place)
        said = run(act.name, place, f"{FAULTS[fault]}:when={point}")
        swept.points += 1
        swept.interrupted += not said.endswith("ended\n")
        swept.violations += [f"{fault} at call {point}: {found}" for found in act.violations(place, said)]
        shutil.rmtree(place)
    return swept
