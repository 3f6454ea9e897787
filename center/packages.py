"""Packages of matters: made of all that is offered, signed, given out file by file under their digests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

import flows
from center.console import noted
from center.errors import CenterUnusable
from center.fleet_tables import PackageRecord, PublishedMatter, TerminalReport
from center.journal import Event, log
from center.matters import read_matter
from center.services import Center
from center.tables import Fact
from flows.heartbeats import Announced
from flows.keys import decode_verify_key
from flows.load import load_matter, self_contained
from flows.matter import Matter
from flows.packages import ICONS, MATTERS, Manifest, key_id, new_manifest

SHIPPED_ICONS = Path(flows.__file__).parents[1] / "assets" / "icons"
MAX_ICON = 100_000  # bytes
VERSION_FLOOR = "package_floor"  # a fact: versions begin above it after a restore


@dataclass(frozen=True)
class Draft:
    """A matter file that was checked, with the icon that came beside it."""

    matter: Matter
    text: str
    icon: str | None


def read_draft(path: Path) -> Draft:
    """A YAML file; its icon is `icons/<name>.svg` beside it or one of assets/icons.

    Raises MatterError, CenterUnusable.
    """
    matter = load_matter(path)
    own = path.parent / ICONS / f"{matter.icon}.svg"
    if own.is_file():
        icon = own.read_text(encoding="utf-8", errors="replace")
        if len(icon) > MAX_ICON or "<svg" not in icon:
            raise CenterUnusable(f"{own}: is no SVG drawing of at most {MAX_ICON} bytes")
        return Draft(matter, self_contained(path), icon)
    if not (SHIPPED_ICONS / f"{matter.icon}.svg").is_file():
        raise CenterUnusable(f"{path}: there is no icon '{matter.icon}'; put it at {own}")
    return Draft(matter, self_contained(path), None)


def publish(center: Center, drafts: Sequence[Draft]) -> Manifest:
    """These matters beside all that is offered already, as one package. Raises CenterUnusable; then nothing is out."""

    def add_all(session: Session) -> None:
        for draft in drafts:
            _add(center, session, draft)

    return _changed(center, "package.publish", add_all)


def withdraw(center: Center, matter_id: str) -> Manifest:
    """A package without this matter; cases under way are decided all the same. Raises CenterUnusable."""

    def take_away(session: Session) -> None:
        rows = session.scalars(select(PublishedMatter).where(PublishedMatter.matter == matter_id)).all()
        if not rows or _newest(rows).withdrawn_at is not None:
            raise CenterUnusable(f"no matter {matter_id} is offered; see: kiosk-center matters list")
        for row in rows:
            row.withdrawn_at = center.clock.now()

    return _changed(center, "package.withdraw", take_away)


def offered(session: Session) -> list[PublishedMatter]:
    """The newest version of each matter that was not withdrawn, by id."""
    by_matter: dict[str, list[PublishedMatter]] = {}
    for row in session.scalars(select(PublishedMatter).order_by(PublishedMatter.matter)):
        by_matter.setdefault(row.matter, []).append(row)
    newest = [_newest(rows) for rows in by_matter.values()]
    return [row for row in newest if row.withdrawn_at is None]


def _newest(rows: Sequence[PublishedMatter]) -> PublishedMatter:
    return max(rows, key=lambda row: row.version)


def _add(center: Center, session: Session, draft: Draft) -> None:
    matter = draft.matter
    rows = session.scalars(select(PublishedMatter).where(PublishedMatter.matter == matter.id)).all()
    newest = _newest(rows) if rows else None
    if newest is not None and newest.version > matter.version:
        raise CenterUnusable(
            f"{matter.id}: version {newest.version} is out already; write version: {newest.version + 1}"
        )
    if newest is None or newest.version < matter.version:
        row = PublishedMatter(matter=matter.id, version=matter.version, text=draft.text, icon=draft.icon)
        row.shipped, row.published_at = False, center.clock.now()
        session.add(row)
    elif newest.text != draft.text or (draft.icon is not None and newest.icon != draft.icon):
        raise CenterUnusable(
            f"{matter.id}: version {matter.version} is out with another content, and cases are decided by it;"
            f" write version: {matter.version + 1}"
        )
    else:
        newest.withdrawn_at = None


def _changed(center: Center, action: str, change: Callable[[Session], None]) -> Manifest:
    """Change what is offered and make the package of it, all in one transaction."""
    try:
        with center.database.writing() as session:
            change(session)
            session.flush()
            manifest = _make(center, session)
            _store(center, session, manifest)
            noted(center, session, action, str(manifest.version), digest=manifest.digest)
    except IntegrityError as error:
        raise CenterUnusable(
            "somebody else published at this moment; look at matters list, then do it again"
        ) from error
    log(Event.PACKAGE_MADE, version=manifest.version, digest=manifest.digest, matters=_count(manifest))
    return manifest


def _count(manifest: Manifest) -> int:
    return sum(item.path.startswith(MATTERS) for item in manifest.files)


def _make(center: Center, session: Session) -> Manifest:
    files: dict[str, bytes] = {}
    for row in offered(session):
        files[f"{MATTERS}/{row.matter}.yaml"] = row.text.encode()
        if row.icon is not None:
            files[f"{ICONS}/{read_matter(row.matter, row.text).icon}.svg"] = row.icon.encode()
    if not files:
        raise CenterUnusable("a package needs at least one matter; publish another one first")
    for data in files.values():
        center.blobs.write(data)
    manifest = new_manifest(_next_version(session), center.clock.now(), version_of("oue"), files)
    return manifest.signed_by(center.keys.signing)


def _next_version(session: Session) -> int:
    """Above all that this center gave out, also before it was restored from a backup."""
    floor = session.get(Fact, VERSION_FLOOR)
    made = session.scalar(select(func.max(PackageRecord.version))) or 0
    seen = session.scalar(select(func.max(TerminalReport.package))) or 0
    return 1 + max(made, seen, int(floor.value) if floor else 0)


def _store(center: Center, session: Session, manifest: Manifest) -> None:
    record = PackageRecord(version=manifest.version, digest=manifest.digest, made_at=center.clock.now())
    session.add(record)
    _write(center, record, manifest)


def _write(center: Center, record: PackageRecord, manifest: Manifest) -> None:
    record.manifest = manifest.to_bytes().decode()
    if record.announced_at is None and signatures(center, manifest) >= center.settings.publishers_needed:
        record.announced_at = center.clock.now()


def signatures(center: Center, manifest: Manifest) -> int:
    """Of how many of the configured publishers."""
    return sum(manifest.is_signed_by(decode_verify_key(text)) for text in center.settings.publishers)


def sign_package(center: Center, version: int, key: Ed25519PrivateKey) -> Manifest:
    """Add a publisher's signature; with enough of them the package is announced. Raises CenterUnusable."""
    name = key_id(key.public_key())
    if name not in {key_id(decode_verify_key(text)) for text in center.settings.publishers}:
        raise CenterUnusable(f"key {name} is none of the publishers in center.toml")
    with center.database.writing() as session:
        record = session.get(PackageRecord, version, with_for_update=True)
        if record is None:
            raise CenterUnusable(f"no package {version}; see: kiosk-center matters list")
        manifest = Manifest.model_validate_json(record.manifest).signed_by(key)
        _write(center, record, manifest)
        noted(center, session, "package.sign", str(version), key_id=name)
    log(Event.PACKAGE_SIGNED, version=version, key_id=name)
    return manifest


def package(center: Center, version: int) -> Manifest | None:
    with center.database.reading() as session:
        record = session.get(PackageRecord, version)
    return Manifest.model_validate_json(record.manifest) if record else None


def all_packages(center: Center) -> list[PackageRecord]:
    """Newest first."""
    with center.database.reading() as session:
        return list(session.scalars(select(PackageRecord).order_by(PackageRecord.version.desc())))


def announced(session: Session) -> Announced | None:
    """The package that terminals are to use; None: the matters they came with."""
    newest = (
        select(PackageRecord.version, PackageRecord.digest)
        .where(PackageRecord.announced_at.is_not(None))
        .order_by(PackageRecord.version.desc())
        .limit(1)
    )
    row = session.execute(newest).first()
    return Announced(version=row.version, digest=row.digest) if row else None
