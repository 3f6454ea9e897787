"""`python -m tests.visits.unplug [MATTER...]`: each device pulled in each state of a visit; default: all."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from devices.clock import SystemClock
from flows.load import load_catalog
from flows.matter import Matter
from kiosk.demo.stage import Stage
from kiosk.places import CATALOG
from kiosk.ui.visitor import VisitorStuckError
from tests.visits.unplug_cells import cells_of
from tests.visits.unplug_matrix import in_figures
from tests.visits.unplug_walk import Walk


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.visits.unplug", description=__doc__)
    parser.add_argument("matters", nargs="*", metavar="MATTER")
    wanted = parser.parse_args().matters
    catalog = load_catalog(CATALOG)
    if unknown := set(wanted) - set(catalog):
        parser.error(f"no such matter: {min(unknown)}; known: {', '.join(catalog)}")
    failed = sum(_failures(catalog[name]) for name in wanted or catalog)
    print(f"{failed} cells failed")
    return int(failed > 0)


def _failures(matter: Matter) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as folder, Stage(Path(folder), SystemClock()) as stage:
        walk = Walk(stage, matter, SystemClock())
        for cell in cells_of(matter):
            try:
                walk.pulls(cell)
            except (AssertionError, VisitorStuckError) as found:
                failed += 1
                print(f"{matter.id}: {cell}: {found}", flush=True)
        print(f"{matter.id}: {in_figures(walk)}", flush=True)
        walk.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())
