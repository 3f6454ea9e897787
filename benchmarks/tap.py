"""Tap → pressed look and tap → next page, on a virtual screen with software rendering, idle and while cases sync.

Run: .venv/bin/python -m benchmarks.tap [--taps 60]. Taps are XTEST events; the time ends when the pixels are there:
for the pressed look when the button's surface has changed, for a page when every probe point has its final colour.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.framebuffer import Screen, probe_points, virtual_screen
from benchmarks.waiting_cases import fill_outbox
from devices.clock import SystemClock
from kiosk.demo.stage import Stage

SIZE = (1080, 1920)
PRESSED_LIMIT, PAGE_LIMIT = 16.0, 60.0  # ms, p95
SYNCING_CASES = 400  # enough that delivery goes on during every tap


@dataclass(frozen=True)
class Place:
    x: int
    y: int


class Finger:
    """Real pointer events through XTEST, from one long-running xdotool."""

    def __init__(self, display: str) -> None:
        environment = {**os.environ, "DISPLAY": display}
        self._tool = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, text=True, bufsize=1, env=environment)

    def does(self, command: str) -> float:
        assert self._tool.stdin is not None
        moment = time.perf_counter()
        self._tool.stdin.write(command + "\n")
        self._tool.stdin.flush()
        return moment

    def moves_to(self, place: Place) -> None:
        self.does(f"mousemove {place.x} {place.y}")
        time.sleep(0.05)

    def leaves(self) -> None:
        assert self._tool.stdin is not None
        self._tool.stdin.close()
        self._tool.wait()


def places() -> dict[str, Place]:
    """Where the buttons of the first two pages are, asked of the real pages in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.places", str(SIZE[0]), str(SIZE[1])]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    return {name: Place(*spot) for name, spot in json.loads(printed).items()}


@contextmanager
def terminal(stage: Stage, screen: Screen) -> Iterator[None]:
    environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(stage.config)]
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def measure(screen: Screen, taps: int, where: dict[str, Place]) -> tuple[list[float], list[float]]:
    """Milliseconds to the pressed look and to the next page, for each tap."""
    finger = Finger(screen.display)
    start, home = where["start"], where["home"]
    finger.moves_to(start)
    attract = screen.settled()
    finger.does("click 1")
    matters = screen.settled()
    finger.moves_to(home)
    finger.does("click 1")
    screen.settled()
    probes = {name: _differing(attract, matters, picture) for name, picture in (("m", matters), ("a", attract))}
    pressed, pages = [], []
    for _ in range(taps):
        for place, probe in ((start, probes["m"]), (home, probes["a"])):
            finger.moves_to(place)
            time.sleep(0.3)
            look, page = _tap(screen, finger, place, probe)
            pressed.append(look)
            pages.append(page)
    finger.leaves()
    return pressed, pages


def _tap(screen: Screen, finger: Finger, place: Place, probe: tuple[object, object]) -> tuple[float, float]:
    spot = np.array([[place.y + dy, place.x + dx] for dy in (-30, 30) for dx in (-25, 25)])
    before = screen.picture()[spot[:, 0], spot[:, 1]]
    down = finger.does("mousedown 1")
    look = screen.wait(lambda: not screen.shows(spot, before))
    time.sleep(0.08)
    up = finger.does("mouseup 1")
    page = screen.wait(lambda: screen.shows(*probe))
    return (look - down) * 1000, (page - up) * 1000


def _differing(one: object, other: object, wanted: object) -> tuple[object, object]:
    """Probe points drawn in `wanted` at which the two pages differ, with their colours."""
    points = probe_points(wanted)
    differing = one[points[:, 0], points[:, 1]] != other[points[:, 0], points[:, 1]]
    chosen = points[differing]
    return chosen, wanted[chosen[:, 0], chosen[:, 1]]


def report(when: str, pressed: list[float], pages: list[float]) -> bool:
    rows = ((f"pressed look, {when}", pressed, PRESSED_LIMIT), (f"next page, {when}", pages, PAGE_LIMIT))
    for name, values, limit in rows:
        p50, p95 = np.percentile(values, [50, 95])
        print(
            f"{name:28} p50 {p50:5.1f} ms  p95 {p95:5.1f} ms  ratio to limit {p95 / limit:.2f} (limit {limit:.0f} ms)"
        )
    return all(np.percentile(values, 95) <= limit for _, values, limit in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--taps", type=int, default=30, help="pairs of taps")
    taps = parser.parse_args().taps
    if not shutil.which("xdotool") or not shutil.which("Xvfb"):
        print("error: needs xdotool and xvfb: apt-get install xdotool xvfb", file=sys.stderr)
        return 1
    where = places()
    folders, screens = tempfile.TemporaryDirectory(), virtual_screen(*SIZE)
    with folders as folder, Stage(Path(folder), SystemClock()) as stage, screens as screen:
        with terminal(stage, screen):
            time.sleep(4)
            good = report("idle", *measure(screen, taps, where))
        stage.kill_center()
        fill_outbox(stage, SYNCING_CASES)
        stage.start_center()
        with terminal(stage, screen):
            time.sleep(2)
            good = report("syncing", *measure(screen, taps, where)) and good
            left = len(stage.kiosk("queue", "list", "--json").stdout.splitlines())
        print(f"cases still waiting at the end of the taps: {left} of {SYNCING_CASES}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
