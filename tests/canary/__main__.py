"""`python -m tests.canary`: one visit; then what of the citizen lies on the disk, and in the memory of the screen and
of the backroom when the visit is over, and some seconds later."""

import sys
import tempfile
from pathlib import Path

from devices.clock import SystemClock
from tests.canary.finding import found_in_memory, found_on_disk
from tests.canary.visiting import visited

LATER = 10.0  # s


def main() -> int:
    with tempfile.TemporaryDirectory() as name, visited(Path(name)) as visit:
        assert visit.says("done")
        found = found_on_disk(visit.folders)
        visit.goes_on()
        assert visit.says("over")
        found += found_on_disk(visit.folders)
        print(f"disk: {len(found)} found", *found, sep="\n  ")
        for seconds in (0.0, LATER):
            SystemClock().sleep(seconds)
            for process, pid in visit.pids().items():
                counts = found_in_memory(pid)
                words = ", ".join(f"{what} {count}" for what, count in sorted(counts.items())) or "nothing"
                print(f"memory of the {process} {seconds:.0f} s after the visit: {words}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
