"""A virtual X screen whose pixels can be watched from outside, as a camera in front of a panel would."""

import mmap
import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint32]
TOLERANCE = 24  # of 255, a channel: edges of letters come out a little different from one paint to the next


@dataclass(frozen=True)
class Probe:
    """Some pixels and the colours they have when a page is there; points of shape (n, 2): row, column."""

    points: NDArray[np.intp]
    colors: Picture

    @classmethod
    def of(cls, picture: Picture, points: NDArray[np.intp]) -> "Probe":
        return cls(points, picture[points[:, 0], points[:, 1]])


class Screen:
    """Pixels of an Xvfb screen, read straight from its memory (XWD layout); shape (height, width)."""

    def __init__(self, file: Path, display: str) -> None:
        self.display = display
        with file.open("rb") as handle:
            self._map = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._map[:100])
        header_size, width, height, colors = header[0], header[4], header[5], header[19]
        self._pixels = np.frombuffer(self._map, dtype="<u4", offset=header_size + colors * 12)
        self._pixels = self._pixels[: width * height].reshape(height, width)

    def picture(self) -> Picture:
        return self._pixels.copy()

    def shows(self, probe: Probe, tolerance: int = TOLERANCE) -> bool:
        now = np.ascontiguousarray(self._pixels[probe.points[:, 0], probe.points[:, 1]]).view(np.uint8)
        return int(np.abs(now.astype(np.int16) - probe.colors.view(np.uint8)).max()) <= tolerance

    def wait(self, condition: Callable[[], bool], limit: float = 20.0) -> float:
        """The moment (time.perf_counter) at which the condition first held; polled every 0.2 ms."""
        end = time.perf_counter() + limit
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError(f"not seen on the screen within {limit} s")
            time.sleep(0.0002)
        return time.perf_counter()

    def settled(self, quiet: float = 1.0) -> Picture:
        """What is shown once nothing has changed for `quiet` seconds."""
        before, since = self.picture(), time.perf_counter()
        while time.perf_counter() - since < quiet:
            time.sleep(0.05)
            now = self.picture()
            if not np.array_equal(now, before):
                before, since = now, time.perf_counter()
        return before


@contextmanager
def virtual_screen(width: int, height: int) -> Iterator[Screen]:
    with tempfile.TemporaryDirectory(prefix="oue-screen-") as folder:
        read, write = os.pipe()
        size = f"{width}x{height}x24"
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            size,
            "-fbdir",
            folder,
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        try:
            yield Screen(Path(folder) / "Xvfb_screen0", display)
        finally:
            server.terminate()
            server.wait()


def probe_points(picture: Picture, count: int = 400) -> NDArray[np.intp]:
    """Points spread over what is drawn: those that differ from the page's background, evenly chosen."""
    background = np.bincount(picture.ravel() & 0xFFFFFF, minlength=1).argmax()
    drawn = np.argwhere((picture & 0xFFFFFF) != background)
    chosen: NDArray[np.intp] = drawn[np.linspace(0, len(drawn) - 1, count).astype(int)]
    return chosen


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found = [pid]
    for process in found:
        found += children.get(process, [])
    return found


def stop(process: subprocess.Popen[bytes]) -> None:
    """End it and wait until its descendants are gone too; they hold locks and pixels of the next run."""
    family = tree(process.pid)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    end = time.perf_counter() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in family) and time.perf_counter() < end:
        time.sleep(0.02)


def tree_pss(pid: int) -> float:
    """Proportional set size of a process and all its descendants, in MB."""
    total = 0.0
    for process in tree(pid):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    return total
