"""One act again and again, ended at each of its system calls in turn; afterwards what was promised must be there, once.

By SIGKILL as a power switch ends a program, or by an error the disk gives (EIO, ENOSPC), once or from then on.
kill -9 is not a power cut: what the kernel has taken it still writes (`tests/powerloss`).
"""

import errno
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.fork_server import ForkServer, Order

FAULTS: dict[str, dict[str, int | bool]] = {
    "kill": {},
    "EIO": {"error": errno.EIO},
    "ENOSPC": {"error": errno.ENOSPC},
    "EIO on": {"error": errno.EIO, "lasting": True},
    "ENOSPC on": {"error": errno.ENOSPC, "lasting": True},
}

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
        return f"{self.act:10} {self.fault:10} {tried}  {len(self.violations)} violations"


def count_calls(act: Act, server: ForkServer, folder: Path) -> int:
    """How many calls a whole run makes; and that a run without a fault is in order."""
    act.prepare(folder)
    said, calls = server.run(Order(act.name, str(folder)))
    assert not (found := act.violations(folder, said)), found
    assert "confirmed" in said, said
    shutil.rmtree(folder)
    return calls


def sweep(act: Act, fault: str, server: ForkServer, folder: Path, *, stride: int = 1, first: int = 1) -> Swept:
    """Every `stride`-th point from `first`."""
    swept = Swept(act.name, fault)
    calls = count_calls(act, server, folder / "whole")
    for point in range(first, calls + 1, stride):
        place = folder / f"{point}"
        act.prepare(place)
        said, _ = server.run(Order(act.name, str(place), point, **FAULTS[fault]))
        swept.points += 1
        swept.interrupted += not said.endswith("ended\n")
        swept.violations += [f"{fault} at call {point}: {found}" for found in act.violations(place, said)]
        shutil.rmtree(place)
    return swept
