"""The center's tables. What citizens say stays sealed; only what must be found or counted is in the clear."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """Aware times in Python, UTC without a zone in the database: SQLite knows no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    pass


class Fact(Table):
    """What the center knows of itself: `epoch`."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class EnrolmentCode(Table):
    __tablename__ = "enrolment_codes"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    terminal_id: Mapped[str | None] = mapped_column(ForeignKey("terminals.terminal_id"))  # who used it up
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Terminal(Table):
    __tablename__ = "terminals"

    terminal_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    site: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    public_key: Mapped[str] = mapped_column(String(64))  # flows.keys.encode_verify_key
    enrolled_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_why: Mapped[str | None] = mapped_column(String(300))
    certificate_expires_at: Mapped[datetime | None] = mapped_column(UtcTime)  # null: enrolled before there were any


class Nonce(Table):
    """A signed request that was seen: it is not taken a second time."""

    __tablename__ = "nonces"
    __table_args__ = (Index("nonces_by_time", "seen_at"),)

    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)


class StoredEnvelope(Table):
    """Which envelopes there are: the unique constraints are what deduplicates. What is in them: SealedEnvelope."""

    __tablename__ = "envelopes"
    __table_args__ = (
        UniqueConstraint("terminal_id", "sequence", name="one_envelope_a_sequence"),
        Index("envelopes_by_backup", "backed_up_at"),
    )

    envelope_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"))
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    backed_up_at: Mapped[datetime | None] = mapped_column(UtcTime)


class SealedEnvelope(Table):
    """An envelope as it came, and the receipt it got: nine tenths of all bytes, on PostgreSQL in a table a month.

    A partitioned table can only be unique within a month, which is why the identity stands in StoredEnvelope.
    """

    __tablename__ = "sealed_envelopes"
    __table_args__ = ({"postgresql_partition_by": "RANGE (received_at)"},)

    envelope_id: Mapped[str] = mapped_column(ForeignKey("envelopes.envelope_id"), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcTime, primary_key=True)  # that of its StoredEnvelope
    body: Mapped[bytes] = mapped_column(LargeBinary)  # canonical JSON, sealed inside
    receipt: Mapped[str] = mapped_column(Text)


is_its_seal = and_(
    SealedEnvelope.envelope_id == StoredEnvelope.envelope_id,
    SealedEnvelope.received_at == StoredEnvelope.received_at,  # leads PostgreSQL to the one month
)


class AttachmentPiece(Table):
    """A part of a sealed attachment that is still on its way; `start` and `size` in bytes."""

    __tablename__ = "attachment_pieces"
    __table_args__ = (Index("attachment_pieces_by_time", "received_at"),)

    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)  # of the whole
    start: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(UtcTime)


class Conflict(Table):
    """Another envelope under an identity that is taken: kept for a person to look at."""

    __tablename__ = "conflicts"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    envelope_id: Mapped[str] = mapped_column(String(64))
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.terminal_id"))
    sequence: Mapped[int]
    taken_by: Mapped[str] = mapped_column(String(64))  # digest of the envelope that was first
    body: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(UtcTime)


class CaseSerial(Table):
    """The last serial given out; `scope` is the case number with serial 0, so each day counts anew."""

    __tablename__ = "case_serials"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int]


class CaseRecord(Table):
    __tablename__ = "cases"
    __table_args__ = (Index("cases_by_state", "state", "received_at"), Index("cases_by_follow", "follow_hash"))

    case_id: Mapped[str] = mapped_column(ForeignKey("envelopes.envelope_id"), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(64), unique=True)
    matter: Mapped[str] = mapped_column(String(64))
    matter_version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(32))  # flows.case.CaseState
    state_since: Mapped[datetime] = mapped_column(UtcTime)
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    follow_hash: Mapped[str | None] = mapped_column(String(64))  # of the code on its receipt


class DraftRecord(Table):
    """A visit kept for later: opened by the token and the number of the ID card, of which neither is here."""

    __tablename__ = "drafts"
    __table_args__ = (Index("drafts_by_end", "expires_at"),)

    locator: Mapped[str] = mapped_column(String(64), primary_key=True)  # flows.drafts.locator_of
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


class RatingRecord(Table):
    """好差评; its words stay sealed in the envelope. From a phone there is none: its id is that of the case."""

    __tablename__ = "ratings"
    __table_args__ = (Index("ratings_by_case", "case_id"),)

    rating_id: Mapped[str] = mapped_column(ForeignKey("envelopes.envelope_id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(64))  # may arrive before its case: no foreign key
    level: Mapped[int]
    tags: Mapped[str] = mapped_column(Text)  # codes joined by |, GB/T 39735
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the words of one from a phone


class DecisionRecord(Table):
    """What was decided, sealed; and what /verify may show of an issued document, which names nobody in full."""

    __tablename__ = "decisions"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # flows.api.Decision as JSON
    decided_at: Mapped[datetime] = mapped_column(UtcTime)
    verify_code: Mapped[str | None] = mapped_column(String(64), unique=True)
    document_blob: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the sealed PDF
    document_sha256: Mapped[str | None] = mapped_column(String(64))
    document_title: Mapped[str | None] = mapped_column(Text)  # flows.text.Text as JSON
    department: Mapped[str | None] = mapped_column(Text)
    masked_name: Mapped[str | None] = mapped_column(String(200))
    sample: Mapped[str | None] = mapped_column(String(64))
    failed_tries: Mapped[int] = mapped_column(default=0)  # to fetch the document with a wrong number
