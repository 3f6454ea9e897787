"""The matters the center decides by: every version it shipped with or published, for as long as it lives."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from center.clock import Clock
from center.database import Database
from center.fleet_tables import PublishedMatter
from flows.load import MatterError, load_matter, self_contained
from flows.matter import Matter


class Matters(Mapping[str, Matter]):
    """By id, each in its newest version; `of_version` gives older ones. Safe to use from any thread."""

    def __init__(self, shipped: Mapping[str, Matter], folder: Path, database: Database, clock: Clock) -> None:
        """`folder` holds the files of `shipped`, whose text is kept so that a later program still knows them."""
        self._database = database
        self._known: dict[tuple[str, int], Matter] = {
            (matter.id, matter.version): matter for matter in shipped.values()
        }
        self._keep(shipped, folder, clock)

    def __getitem__(self, matter_id: str) -> Matter:
        with self._database.reading() as session:
            newest = session.scalar(
                select(func.max(PublishedMatter.version)).where(PublishedMatter.matter == matter_id)
            )
        matter = self.of_version(matter_id, newest) if newest is not None else None
        if matter is None:
            raise KeyError(matter_id)
        return matter

    def __iter__(self) -> Iterator[str]:
        with self._database.reading() as session:
            return iter(session.scalars(select(PublishedMatter.matter).distinct()).all())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def of_version(self, matter_id: str, version: int) -> Matter | None:
        """As it was published; None for a version this center never had, or that this program cannot read any more."""
        known = self._known.get((matter_id, version))
        if known is not None:
            return known
        with self._database.reading() as session:
            row = session.get(PublishedMatter, (matter_id, version))
        if row is None:
            return None
        try:
            known = read_matter(matter_id, row.text)
        except MatterError:
            return None
        self._known[matter_id, version] = known
        return known

    def _keep(self, shipped: Mapping[str, Matter], folder: Path, clock: Clock) -> None:
        with self._database.reading() as session:
            rows = session.execute(select(PublishedMatter.matter, PublishedMatter.version))
            there = {(row.matter, row.version) for row in rows}
        fresh = [
            PublishedMatter(
                matter=matter.id,
                version=matter.version,
                text=self_contained(folder / f"{matter.id}.yaml"),
                shipped=True,
                published_at=clock.now(),
            )
            for matter in shipped.values()
            if (matter.id, matter.version) not in there
        ]
        if not fresh:
            return
        try:
            with self._database.writing() as session:
                session.add_all(fresh)
        except IntegrityError:
            return  # another process of this center was faster with the same ones


def read_matter(matter_id: str, text: str) -> Matter:
    """From its YAML. Raises MatterError."""
    with TemporaryDirectory(prefix="matter-") as folder:
        path = Path(folder) / f"{matter_id}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_matter(path)
