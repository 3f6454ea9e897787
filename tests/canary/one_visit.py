"""A terminal that goes through one visit, says so when it is back at its first page, and then waits to be killed."""

import sys
from pathlib import Path

from devices.clock import SystemClock
from devices.twins import TwinClient
from kiosk.demo.citizen import Citizen
from kiosk.memory import no_core
from kiosk.ui.app import ScreenSettings
from kiosk.ui.terminal import Terminal
from kiosk.ui.visitor import Visitor


def main(config: Path, twins: Path, matter: str) -> None:
    no_core()  # as `kiosk run` does
    clock = SystemClock()
    terminal = Terminal(config, ScreenSettings(windowed=True), clock)
    terminal.open()
    visitor = Visitor(terminal.window, lambda: terminal.journey, clock)
    visitor.sees("Attract")
    citizen = Citizen(visitor, TwinClient(twins))
    citizen.touches_matter(matter)
    citizen.goes_until("Result")
    print("done", flush=True)
    sys.stdin.readline()
    citizen.goes_through()
    visitor.sees("Attract", within=30)
    print("over", flush=True)
    terminal.app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
