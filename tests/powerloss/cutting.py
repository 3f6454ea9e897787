"""An act of the terminal on the recording disk, then the power cut after each of its operations, several times each."""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from devices.clock import SystemClock
from flows.keys import SealingKey, encode_signing_key, encode_verify_key, new_signing_key
from kiosk.backroom.outbox import Outbox
from kiosk.identity import Identity, identity_path
from tests.faults.lacking import lacks
from tests.faults.scenarios import PRINT, case_ids, perform
from tests.powerloss.images import write_image

ROOT = Path(__file__).parents[2]
CLOCK = SystemClock()
SCRIPT = """
import sys
from pathlib import Path
from tests.faults.scenarios import perform
perform(sys.argv[1], Path(sys.argv[2]))
"""


@dataclass
class Cuts:
    """`set_aside`: images in which the outbox was found damaged, which is allowed, and must be noticed."""

    act: str
    points: int = 0
    images: int = 0
    set_aside: int = 0
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tried = f"{self.points:>4} points  {self.images:>5} images  {self.set_aside:>3} set aside"
        return f"{self.act:8} {tried}  {len(self.violations)} violations"


@contextmanager
def mounted(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The mount, and where its log will be."""
    mount, log = folder / "disk", folder / "log"
    mount.mkdir()
    command = [sys.executable, "-m", "tests.powerloss.recording_disk", str(mount), str(log)]
    with (folder / "disk.log").open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
    try:
        until = CLOCK.monotonic() + 60
        while not mount.is_mount():
            assert process.poll() is None, (folder / "disk.log").read_text()
            assert CLOCK.monotonic() < until, "the disk does not come up; is /dev/fuse there?"
            CLOCK.sleep(0.02)
        yield mount, log
    finally:
        subprocess.run(["fusermount3", "-u", str(mount)], check=True)
        process.wait(20)


def store_identity(folder: Path) -> None:
    identity = Identity(
        terminal_id="T0123456789ab",
        site="示例站",
        center_sealing_key=SealingKey.generate().public.text,
        center_signing_key=encode_verify_key(new_signing_key().public_key()),
        epoch="e",
        signing_key=encode_signing_key(new_signing_key()),
        center_url="http://127.0.0.1:1",
    )
    identity_path(folder).write_bytes(identity.to_bytes())


def recorded(act: str, folder: Path) -> tuple[list[tuple], int]:
    """All operations, and how many of them had been when the act began: those before are on disk."""
    with mounted(folder) as (mount, log):
        store_identity(mount)
        Outbox(mount, CLOCK, lambda _: None, patience=0.0).close()
        for path in (*mount.rglob("*"), mount):
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        (mount / "begins").touch()
        with (mount / "said").open("wb") as said:
            command = [sys.executable, "-c", SCRIPT, act, str(mount)]
            subprocess.run(command, cwd=ROOT, stdout=said, check=True)
    operations = pickle.loads(log.read_bytes())
    return operations, next(place for place, one in enumerate(operations) if one[:2] == ("create", "/begins"))


def promised(folder: Path) -> list[str]:
    said = folder / "said"
    lines = said.read_text().rpartition("\n")[0].splitlines() if said.exists() else []
    return [line.split()[1] for line in lines if line.startswith("confirmed ")]


def committed(folder: Path) -> tuple[list[str], bool]:
    """What is wrong, and whether the outbox had to be set aside."""
    damaged: list[Path] = []
    outbox = Outbox(folder, CLOCK, damaged.append, patience=0.0)
    try:
        if damaged:
            return [], True
        found = [f"{case_id} is not there" for case_id in promised(folder) if outbox.entry(case_id) is None]
        waiting = outbox.waiting()
        if len({entry.sequence for entry in waiting}) != len(waiting):
            found.append("a sequence number twice")
        for entry in waiting:
            if entry.envelope_id not in case_ids(folder):
                found.append(f"{entry.envelope_id} is from nowhere")
            found += lacks(outbox, entry.envelope_id)
    finally:
        outbox.close()
    return found, False


def printed(folder: Path) -> tuple[list[str], bool]:
    """Tried again after the cut, a receipt does not come out a second time."""
    with redirect_stdout(StringIO()):
        perform("print", folder)
    paper = folder / "paper"
    lines = paper.read_text().count(PRINT) if paper.exists() else 0
    return (["printed twice"] if lines > 1 else []), bool(list(folder.glob("outbox.damaged*")))


CHECKS: dict[str, Callable[[Path], tuple[list[str], bool]]] = {
    "commit": committed,
    "careless": committed,
    "print": printed,
}


def cut_everywhere(act: str, *, seeds: int, stride: int = 1) -> Cuts:
    cuts = Cuts(act)
    with tempfile.TemporaryDirectory() as name:
        log, begins = recorded(act, Path(name))
        for cut in range(begins + 1, len(log) + 1, stride):
            cuts.points += 1
            for seed in range(seeds):
                image = Path(name) / "image"
                image.mkdir()
                write_image(log, cut, seed, image)
                found, aside = CHECKS[act](image)
                cuts.images += 1
                cuts.set_aside += aside
                cuts.violations += [f"cut after {cut - begins}, seed {seed}: {one}" for one in found]
                shutil.rmtree(image)
    return cuts
