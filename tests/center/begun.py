"""What a center makes at its first start, made once a process: its tables, and the matters it ships with, checked.

That takes a second. A center that begins as a copy has keys and an epoch of its own, as every center has.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete

from center.clock import SystemClock
from center.services import open_center
from center.settings import CenterSettings
from center.tables import Fact

CHECKED, DATABASE = "matters-checked.json", "center.sqlite3"


def begin(state: Path, database: str = "") -> None:
    center = open_center(CenterSettings(state_folder=state, database=database), SystemClock())
    with center.database.writing() as session:
        session.execute(delete(Fact).where(Fact.name == "epoch"))
    center.close()


def lay_begun(state: Path, *names: str) -> None:
    """These files of a center that was started once, where `state` does not have them."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in names:
        if not (state / name).exists():
            (state / name).write_bytes(_begun()[name])


@cache
def _begun() -> Mapping[str, bytes]:
    with TemporaryDirectory() as folder:
        begin(Path(folder))
        return {name: (Path(folder) / name).read_bytes() for name in (CHECKED, DATABASE)}
