"""A center with all its terminals enrolled, made once for all worlds of a process: each world begins as a copy."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from center.services import open_center
from center.settings import FLOWS_CATALOG, CenterSettings
from center.terminals import add_code, enrol
from devices.clock import Clock
from flows.api import EnrolmentRequest
from flows.keys import encode_signing_key, encode_verify_key, new_signing_key
from kiosk.backroom.outbox import Outbox
from kiosk.identity import Identity

MATTER = "resident-medical-insurance"  # the one matter of all cases here: a center opens faster with it alone


@dataclass(frozen=True)
class Template:
    """`folder`/center and `folder`/terminal are the states that copies are made of."""

    folder: Path
    identities: Sequence[Identity]

    def settings(self, state: Path) -> CenterSettings:
        return CenterSettings(state_folder=state, catalog=self.folder / "catalog")

    def copy_center(self, state: Path) -> None:
        shutil.copytree(self.folder / "center", state)

    def copy_empty_database(self, state: Path) -> None:
        """For a center that is to be restored into `state`: making the tables takes longer than all the rest."""
        shutil.copyfile(self.folder / "empty" / "center.sqlite3", state / "center.sqlite3")

    def copy_terminal(self, state: Path) -> None:
        shutil.copytree(self.folder / "terminal", state)


def make_template(folder: Path, count: int, clock: Clock) -> Template:
    catalog = folder / "catalog"
    catalog.mkdir()
    shutil.copyfile(FLOWS_CATALOG / f"{MATTER}.yaml", catalog / f"{MATTER}.yaml")
    for name in ("empty", "center"):
        with closing(open_center(CenterSettings(state_folder=folder / name, catalog=catalog), clock)) as center:
            identities = [_identity(center, f"t{number}", clock) for number in range(count if name == "center" else 0)]
    (folder / "terminal").mkdir()
    Outbox(folder / "terminal", clock, _damaged, patience=0.0).close()
    return Template(folder, identities)


def _identity(center, name: str, clock: Clock) -> Identity:
    key, keys = new_signing_key(), center.keys
    code, _ = add_code(center, name)
    asked = EnrolmentRequest(code=code, public_key=encode_verify_key(key.public_key()), name=name)
    row = enrol(center, asked)
    return Identity(
        terminal_id=row.terminal_id,
        site=name,
        center_sealing_key=keys.sealing.public.text,
        center_signing_key=encode_verify_key(keys.signing.public_key()),
        epoch=center.epoch,
        signing_key=encode_signing_key(key),
        center_url="http://center",
    )


def _damaged(aside: Path) -> None:
    raise AssertionError(f"a fresh outbox was damaged: {aside.name}")
