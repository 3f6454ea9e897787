"""A stage whose terminal runs in a process of its own, with every folder it may write to in one place."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.clock import SystemClock
from kiosk.demo.stage import Stage
from kiosk.places import PROJECT

MATTER = "resident-medical-insurance"


@dataclass
class Visited:
    folders: Sequence[Path]  # all that the terminal may write to
    process: subprocess.Popen

    def says(self, word: str) -> bool:
        return self.process.stdout.readline() == f"{word}\n"

    def goes_on(self) -> None:
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def pids(self) -> dict[str, int]:
        """The screen and its backroom."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        (backroom,) = {int(word) for path in children for word in path.read_text().split() if _is_backroom(word)}
        return {"screen": self.process.pid, "backroom": backroom}


def _is_backroom(process: str) -> bool:
    return b"kiosk.backroom\0" in Path(f"/proc/{process}/cmdline").read_bytes()


@contextmanager
def visited(folder: Path) -> Iterator[Visited]:
    with Stage(folder, SystemClock()) as stage:
        stage.kill_center()  # so that the case stays on this disk
        places = {name: folder / name for name in ("tmp", "home", "cache", "run")}
        for path in places.values():
            path.mkdir(mode=0o700)
        environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "TMPDIR": str(places["tmp"]),
            "HOME": str(places["home"]),
            "XDG_CACHE_HOME": str(places["cache"]),
            "XDG_RUNTIME_DIR": str(places["run"]),
        }
        command = [sys.executable, "-m", "tests.canary.one_visit", str(stage.config), str(stage.twin_folder), MATTER]
        with (folder / "home" / "terminal.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        try:
            yield Visited([folder / "terminal", *places.values()], process)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
