"""Spawn → usable home page, and memory: the terminal against Debian's Chromium in kiosk mode with an equal page.

Run: .venv/bin/python -m benchmarks.start [--runs 7]. Both are started in turn on the same virtual screen; a run ends
when every probe point of the page has its final colour. Memory: PSS of the whole process tree five seconds later. The
terminal's tree is the screen and the backroom with its devices open; Chromium's is the browser and its helpers.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.framebuffer import Probe, Screen, probe_points, stop, tree_pss, virtual_screen
from devices.clock import SystemClock
from kiosk.demo.stage import Stage
from kiosk.places import ASSETS

SIZE = (1080, 1920)
TIME_LIMIT, MEMORY_LIMIT = 0.75, 0.5
SETTLED_AFTER = 5  # s from the page to the look at memory: by then both have started all they start
PAGE = Path(__file__).with_name("home.html")
ICON = re.compile(r"\{icon ([\w-]+) (\w+) (\w+)\}")


def equal_page(folder: Path) -> Path:
    """home.html with the terminal's own icons in it."""

    def drawing(found: re.Match[str]) -> str:
        name, line, fill = found.groups()
        text = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        return text.replace("currentColor", f"#{line}").replace("softColor", f"#{fill}")

    page = folder / "home.html"
    page.write_text(ICON.sub(drawing, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return page


def chromium(profile: str, page: Path) -> list[str]:
    width, height = SIZE
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    place = [f"--window-size={width},{height}", "--window-position=0,0", f"--user-data-dir={profile}"]
    return ["chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", *quiet, *place, page.as_uri()]


def spawn(command: list[str], screen: Screen) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def reference(command: list[str], screen: Screen) -> Probe:
    """What the settled page looks like; also warms the page cache."""
    process = spawn(command, screen)
    time.sleep(4)
    picture = screen.settled()
    stop(process)
    return Probe.of(picture, probe_points(picture))


def measure(command: list[str], screen: Screen, probe: Probe) -> tuple[float, float]:
    """Milliseconds until the page is there, megabytes of the whole process tree."""
    screen.wait(lambda: not screen.shows(probe))
    began = time.perf_counter()
    process = spawn(command, screen)
    seen = screen.wait(lambda: screen.shows(probe))
    time.sleep(SETTLED_AFTER)
    memory = tree_pss(process.pid)
    stop(process)
    return (seen - began) * 1000, memory


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    if not shutil.which("chromium") or not shutil.which("Xvfb"):
        print("error: needs Debian's chromium and xvfb: apt-get install chromium xvfb", file=sys.stderr)
        return 1
    folders, screens = tempfile.TemporaryDirectory(), virtual_screen(*SIZE)
    with folders as folder, Stage(Path(folder), SystemClock()) as stage, screens as screen:
        ours = [sys.executable, "-m", "kiosk", "run", "--config", str(stage.config)]
        theirs = chromium(f"{folder}/profile", equal_page(Path(folder)))
        probes = reference(ours, screen), reference(theirs, screen)
        pairs = [(measure(ours, screen, probes[0]), measure(theirs, screen, probes[1])) for _ in range(runs)]
    return report(pairs)


def line(what: str, unit: str, ours: float, theirs: float, ratio: float, limit: float) -> str:
    return f"{what:10} terminal {ours:.0f} {unit}, Chromium {theirs:.0f} {unit}: ratio {ratio:.2f} (limit {limit})"


def report(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> int:
    time_ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in pairs)
    memory_ratio = statistics.median(ours[1] / theirs[1] for ours, theirs in pairs)
    ours_ms, theirs_ms = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
    ours_mb, theirs_mb = (statistics.median(pair[i][1] for pair in pairs) for i in (0, 1))
    print(line("home page", "ms", ours_ms, theirs_ms, time_ratio, TIME_LIMIT))
    print(line("memory", "MB", ours_mb, theirs_mb, memory_ratio, MEMORY_LIMIT))
    return 0 if time_ratio <= TIME_LIMIT and memory_ratio <= MEMORY_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
