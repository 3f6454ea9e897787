"""Tap → pressed look and tap → next page, on a virtual screen with software rendering, idle and while cases sync.

Run: .venv/bin/python -m benchmarks.tap [--taps 60]. Taps are XTEST events; the time ends when the pixels are there:
for the pressed look when the button's surface has changed, for a page when every probe point has its final colour.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.framebuffer import Picture, Probe, Screen, probe_points, stop, virtual_screen
from benchmarks.waiting_cases import fill_outbox
from devices.clock import SystemClock
from kiosk.demo.stage import Stage

SIZE = (1080, 1920)
PRESSED_LIMIT, PAGE_LIMIT = 16.0, 60.0  # ms, p95
TOP_BAR = 80  # px; the time left counts down there
TITLE_ENDS = 300  # px; below it the list still changes while devices are being opened
FIRST_TAP_LIMIT = 1000.0  # ms
QUIET = 0.6  # s without a change, less than the second at which the time left changes
SYNCING_CASES = 1500  # enough that delivery goes on during every tap


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
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return {name: Place(*spot) for name, spot in json.loads(printed).items()}


@contextmanager
def terminal(stage: Stage, screen: Screen) -> Iterator[None]:
    environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(stage.config)]
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        stop(process)


def probes_of(screen: Screen, finger: Finger, where: dict[str, Place]) -> dict[str, Probe]:
    """How to tell the first two pages from each other; also warms what the first tap of a day has to load."""
    finger.moves_to(where["start"])
    attract = screen.settled(QUIET)
    finger.does("click 1")
    matters = screen.settled(QUIET)
    finger.moves_to(where["home"])
    finger.does("click 1")
    screen.settled(QUIET)
    return {"home": _differing(attract, matters, attract), "start": _differing(attract, matters, matters)}


def measure(
    screen: Screen, finger: Finger, taps: int, where: dict[str, Place], probes: dict[str, Probe]
) -> tuple[list[float], list[float]]:
    """Milliseconds to the pressed look and to the next page, for each tap."""
    pressed, pages = [], []
    for _ in range(taps):
        for name in ("start", "home"):
            finger.moves_to(where[name])
            time.sleep(0.3)
            look, page = _tap(screen, finger, where[name], probes[name])
            pressed.append(look)
            pages.append(page)
    return pressed, pages


def first_tap(stage: Stage, screen: Screen, finger: Finger, where: dict[str, Place], probes: dict[str, Probe]) -> float:
    """Milliseconds from a tap at the very moment the home page is seen to the list of matters, at a cold start."""
    finger.moves_to(where["start"])
    screen.wait(lambda: not screen.shows(probes["home"]))
    title = probes["start"].points[:, 0] < TITLE_ENDS
    heading = Probe(probes["start"].points[title], probes["start"].colors[title])
    with terminal(stage, screen):
        screen.wait(lambda: screen.shows(probes["home"]))
        tapped = finger.does("click 1")
        return (screen.wait(lambda: screen.shows(heading)) - tapped) * 1000


def _tap(screen: Screen, finger: Finger, place: Place, probe: Probe) -> tuple[float, float]:
    spot = np.array([[place.y + dy, place.x + dx] for dy in (-30, 30) for dx in (-25, 25)])
    before = Probe.of(screen.picture(), spot)
    down = finger.does("mousedown 1")
    look = screen.wait(lambda: not screen.shows(before, tolerance=0))
    time.sleep(0.08)
    up = finger.does("mouseup 1")
    page = screen.wait(lambda: screen.shows(probe))
    return (look - down) * 1000, (page - up) * 1000


def _differing(one: Picture, other: Picture, wanted: Picture) -> Probe:
    """Probe points drawn in `wanted` at which the two pages differ."""
    points = probe_points(wanted)
    points = points[points[:, 0] > TOP_BAR]
    return Probe.of(wanted, points[one[points[:, 0], points[:, 1]] != other[points[:, 0], points[:, 1]]])


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
    folders, screens = tempfile.TemporaryDirectory(), virtual_screen(*SIZE)
    with folders as folder, Stage(Path(folder), SystemClock()) as stage, screens as screen:
        return 0 if run(stage, screen, taps) else 1


def run(stage: Stage, screen: Screen, taps: int) -> bool:
    """All three measurements; whether every limit was kept."""
    where, finger = places(), Finger(screen.display)
    with terminal(stage, screen):
        time.sleep(4)
        probes = probes_of(screen, finger, where)
        good = report("idle", *measure(screen, finger, taps, where, probes))
    first = statistics.median(first_tap(stage, screen, finger, where, probes) for _ in range(5))
    ratio = first / FIRST_TAP_LIMIT
    print(
        f"first tap, start to matters  p50 {first:5.0f} ms  ratio to limit {ratio:.2f} (limit {FIRST_TAP_LIMIT:.0f} ms)"
    )
    stage.kill_center()
    fill_outbox(stage, SYNCING_CASES)
    stage.start_center()
    with terminal(stage, screen):
        time.sleep(2)
        probes = probes_of(screen, finger, where)  # what is often done here stands first in the list now
        synced = report("syncing", *measure(screen, finger, taps, where, probes))
        left = len(stage.kiosk("queue", "list", "--json").stdout.splitlines())
    finger.leaves()
    print(f"cases still waiting at the end of the taps: {left} of {SYNCING_CASES}")
    if left == 0:
        print("error: all cases were delivered before the last tap; raise SYNCING_CASES", file=sys.stderr)
    return good and synced and left > 0 and ratio <= 1


if __name__ == "__main__":
    sys.exit(main())
