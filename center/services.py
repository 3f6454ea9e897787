"""Everything a running center holds, opened once and handed around."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from center.arrival import Arrival
from center.blob_stores import open_blobs
from center.blobs import Blobs
from center.clock import Clock
from center.database import Database
from center.errors import CenterUnusable
from center.grouping import Grouping
from center.keys import CenterKeys, open_keys
from center.matters import Matters
from center.settings import CenterSettings
from flows.load import MatterError, load_catalog
from flows.matter import Matter
from flows.wire import Receipt


@dataclass(frozen=True)
class Center:
    settings: CenterSettings
    clock: Clock
    database: Database
    blobs: Blobs
    keys: CenterKeys
    catalog: Matters
    arrivals: Grouping[Arrival, Receipt | None] = field(default_factory=Grouping)

    @property
    def epoch(self) -> str:
        return self.database.epoch

    def close(self) -> None:
        self.database.close()


def open_center(settings: CenterSettings, clock: Clock) -> Center:
    """Makes what is not there yet: folders, keys, database. Raises CenterUnusable with one clear line."""
    make_state_folder(settings.state_folder)
    keys, _ = open_keys(settings.keys_folder, clock.now())
    blobs = open_blobs(settings.blobs_address)
    shipped = _catalog(settings.catalog, settings.state_folder / "matters-checked.json")
    database = Database(settings.database_url, clock)
    return Center(settings, clock, database, blobs, keys, Matters(shipped, settings.catalog, database, clock))


def make_state_folder(folder: Path) -> None:
    """Raises CenterUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CenterUnusable(f"state folder {folder}: {error.strerror}; choose another with --state") from error


def _catalog(folder: Path, kept: Path) -> Mapping[str, Matter]:
    try:
        return load_catalog(folder, kept)
    except (MatterError, OSError) as error:
        raise CenterUnusable(f"matters: {error}") from error
