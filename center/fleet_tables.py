"""The tables of what the center gives its terminals and what it knows of them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
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


class Trouble(Table):
    """Something that is wrong with a terminal, for as long as it is; `center.troubles` has the kinds."""

    __tablename__ = "troubles"
    __table_args__ = (Index("troubles_to_tell", "told_at", "since"),)

    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)  # a device, or empty
    detail: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UtcTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Alert(Table):
    """What staff are told by webhook; kept after it was sent, so that the same thing is not told again at once."""

    __tablename__ = "alerts"
    __table_args__ = (Index("alerts_to_send", "sent_at", "next_try_at"), Index("alerts_by_terminal", "terminal_id"))

    alert_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"))
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(16))  # begun, ended
    body: Mapped[str] = mapped_column(Text)  # the JSON that is posted
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcTime)
    attempts: Mapped[int]
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)


class HeldEnvelope(Table):
    """What a terminal sent after it was taken out of service: whole and proven, and no case until a person says so."""

    __tablename__ = "held_envelopes"
    __table_args__ = (Index("held_by_terminal", "terminal_id"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    envelope_id: Mapped[str] = mapped_column(String(64))
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"))
    sequence: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    admitted_at: Mapped[datetime | None] = mapped_column(UtcTime)


class TerminalCertificate(Table):
    __tablename__ = "terminal_certificates"
    __table_args__ = (Index("certificates_by_terminal", "terminal_id"),)

    serial: Mapped[str] = mapped_column(String(40), primary_key=True)  # hex
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"))
    pem: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


class Site(Table):
    """A place in the tree: city, town or street, village; a terminal belongs to the one of its name."""

    __tablename__ = "sites"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    level: Mapped[str] = mapped_column(String(16))  # city, town, village
    under: Mapped[str | None] = mapped_column(ForeignKey("sites.name"))


class Setting(Table):
    """`scope`: empty for every terminal, else `site:NAME` or `terminal:ID`; the nearest one counts."""

    __tablename__ = "settings"

    scope: Mapped[str] = mapped_column(String(220), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)  # JSON


class MatterAt(Table):
    """Whether a matter is offered in a scope: deleted, registered, normal, disabled."""

    __tablename__ = "matters_at"

    scope: Mapped[str] = mapped_column(String(220), primary_key=True)
    matter: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
