"""The tables of what the center gives its terminals and what it knows of them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from center.tables import Table, UtcTime


class PublishedMatter(Table):
    """A matter in one version, kept for ever: cases are decided by the version they were made under."""

    __tablename__ = "published_matters"

    matter: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)  # the YAML
    icon: Mapped[str | None] = mapped_column(Text)  # SVG that came with it; null: one of assets/icons
    shipped: Mapped[bool]  # came with the program, not by `matters publish`
    published_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)


class PackageRecord(Table):
    __tablename__ = "packages"

    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    manifest: Mapped[str] = mapped_column(Text)  # flows.packages.Manifest; its files are blobs
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    announced_at: Mapped[datetime | None] = mapped_column(UtcTime)  # null: signatures of publishers are missing


class TerminalReport(Table):
    """The last heartbeat of each terminal."""

    __tablename__ = "terminal_reports"

    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"), primary_key=True)
    counter: Mapped[int] = mapped_column(BigInteger)
    package: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    beat: Mapped[str] = mapped_column(Text)  # flows.heartbeats.Beat
