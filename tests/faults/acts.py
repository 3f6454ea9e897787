"""What must hold after each act, whatever ended it."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from center.services import open_center
from center.settings import CenterSettings
from center.terminals import add_code
from devices.clock import SystemClock
from flows.keys import encode_verify_key, new_signing_key
from flows.packages import new_manifest
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.ledger import database_path
from kiosk.backroom.outbox import Outbox
from kiosk.catalog import load_installed
from kiosk.places import CATALOG
from tests.center.running import RunningCenter
from tests.faults.fork_server import ForkServer, Order
from tests.faults.lacking import lacks
from tests.faults.scenarios import PRINT, case_ids
from tests.faults.sweep import Act

OLD_TABLES = """
ALTER TABLE outbox DROP COLUMN receipt;
DROP INDEX attachments_by_envelope;
DROP TABLE attachments;
PRAGMA user_version = 0;
"""


def promised(said: str) -> list[str]:
    """In whole lines: half a line was cut off before it was said."""
    lines = said.rpartition("\n")[0].splitlines()
    return [line.split()[1] for line in lines if line.startswith("confirmed ")]


def opened(folder: Path) -> Outbox:
    """As after a restart. A damaged file would be set aside, which is a violation here."""

    def damaged(aside: Path) -> None:
        raise AssertionError(f"the outbox was damaged: {aside.name}")

    return Outbox(folder, SystemClock(), damaged)


class Bench:
    """A center, and the state of a terminal of it that each run begins from."""

    def __init__(self, center: RunningCenter, server: ForkServer, folder: Path) -> None:
        self.center, self.server = center, server
        self._beside = open_center(CenterSettings(state_folder=center.state), SystemClock())
        self._enrolled = folder / "enrolled"
        self._enrol(self._enrolled)
        self._filled = folder / "filled"
        shutil.copytree(self._enrolled, self._filled)
        assert promised(self._run("commit", self._filled)) == list(case_ids(self._filled))
        self._old = folder / "old"
        shutil.copytree(self._filled, self._old)
        with closing(sqlite3.connect(database_path(self._old))) as database:
            database.executescript(OLD_TABLES)
        self._first_package = folder / "first-package"
        self._package_key = new_signing_key()
        self._first_package.mkdir()
        self._lay_out(1)
        assert promised(self._run("update", self._first_package)) == ["1"]
        self._lay_out(2)

    def close(self) -> None:
        self._beside.close()

    def _run(self, act: str, folder: Path) -> str:
        return self.server.run(Order(act, str(folder)))[0]

    def _enrol(self, folder: Path) -> None:
        enrol(add_code(self._beside, "示例站")[0], self.center.url, folder)

    def acts(self) -> list[Act]:
        return [
            Act("commit", self._from(self._enrolled), self._committed),
            Act("print", self._from(self._enrolled), self._printed),
            Act("deliver", self._with_new_ids, self._delivered),
            Act("sync", self._with_new_ids, self._turned),
            Act("open", self._from(self._old), self._all_there),
            Act("update", self._from(self._first_package), self._old_or_new),
        ]

    def _from(self, state: Path):
        return lambda folder: shutil.copytree(state, folder)

    def _with_new_ids(self, folder: Path) -> None:
        """A terminal of its own: the center remembers what it took from another run."""
        self._enrol(folder)
        assert promised(self._run("commit", folder)) == list(case_ids(folder))

    def _committed(self, folder: Path, said: str) -> list[str]:
        """Whatever was confirmed is there whole; and the same cases can be handed in again without being doubled."""
        found = self._whole(folder, promised(said))
        again = promised(self._run("commit", folder))
        if again != list(case_ids(folder)):
            found.append(f"handed in again: {again}")
        return found + self._whole(folder, list(case_ids(folder)))

    def _all_there(self, folder: Path, _said: str) -> list[str]:
        return self._whole(folder, list(case_ids(folder)))

    def _whole(self, folder: Path, ids: list[str]) -> list[str]:
        outbox = opened(folder)
        try:
            found = [f"{case_id} is not there" for case_id in ids if outbox.entry(case_id) is None]
            waiting = [entry.envelope_id for entry in outbox.waiting()]
            if len(waiting) != len(set(waiting)) or not set(waiting) <= set(case_ids(folder)):
                found.append(f"waiting: {waiting}")
            found += [lack for entry in outbox.waiting() for lack in lacks(outbox, entry.envelope_id)]
        finally:
            outbox.close()
        return found

    def _lay_out(self, version: int) -> None:
        """Package `version`, as the center would give it out."""
        source = self._first_package / "source"
        source.mkdir(exist_ok=True)
        files = {f"matters/{path.name}": path.read_bytes() for path in CATALOG.glob("*.yaml")}
        files["icons/new.svg"] = f"<svg>{version}</svg>".encode()
        manifest = new_manifest(version, SystemClock().now(), "0", files).signed_by(self._package_key)
        (source / "key").write_text(encode_verify_key(self._package_key.public_key()))
        (source / "manifest").write_bytes(manifest.to_bytes())
        for item in manifest.files:
            (source / item.sha256).write_bytes(files[item.path])

    def _old_or_new(self, folder: Path, said: str) -> list[str]:
        """Whole matters are in use whatever ended it, the new ones where that was promised; another try ends well."""
        offered = load_installed(folder, CATALOG).version
        allowed = {2} if promised(said) else {1, 2}
        found = [] if offered in allowed else [f"package {offered} is offered after {promised(said)}"]
        if promised(self._run("update", folder)) != ["2"] or load_installed(folder, CATALOG).version != 2:
            found.append("another try does not bring package 2 into use")
        return found

    def _printed(self, folder: Path, said: str) -> list[str]:
        """At most one receipt comes out, also when the terminal tries again; one that was called printed is there."""
        found = [] if PRINT not in promised(said) or self._paper(folder) == 1 else ["called printed and is not"]
        again = self._run("print", folder)
        if self._paper(folder) > 1:
            found.append("printed twice")
        if PRINT in promised(again) and self._paper(folder) != 1:
            found.append("called printed later and is not")
        return found

    def _paper(self, folder: Path) -> int:
        paper = folder / "paper"
        return paper.read_bytes().count(b"\n") if paper.exists() else 0

    def _delivered(self, folder: Path, _said: str) -> list[str]:
        """After another try the center has each case once, and the terminal knows it."""
        self._run("deliver", folder)
        outbox = opened(folder)
        try:
            found = [f"{entry.envelope_id} still waits: {entry.last_error}" for entry in outbox.waiting()]
        finally:
            outbox.close()
        terminal = (folder / "identity.json").read_text()
        rows = self.center.rows("SELECT terminal_id, count(*) FROM envelopes GROUP BY terminal_id")
        mine = [count for terminal_id, count in rows if terminal_id in terminal]
        return found if mine == [2] else [*found, f"the center has {mine}"]

    def _turned(self, folder: Path, said: str) -> list[str]:
        """The same, and the thread goes on whatever the disk says."""
        fallen = [f"the thread ended: {line}" for line in said.splitlines() if line.startswith("fallen")]
        return [*self._delivered(folder, said), *fallen]


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    center = RunningCenter(folder / f"center-{secrets.token_hex(3)}" / "state")
    center.state.parent.mkdir(parents=True)
    center.start()
    server = ForkServer(center.state.parent, "tests.faults.scenarios")
    ready = Bench(center, server, folder)
    try:
        yield ready
    finally:
        ready.close()
        server.close()
        center.stop()
