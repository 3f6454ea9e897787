"""Tables of what happens to a case after it was stored; words that staff write about it stay sealed."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from center.tables import CaseRecord, Table, UtcTime

WHOLE = "whole"  # the id of the one part of a case that is not linked


class PartRecord(Table):
    """A case as one department has it: every case has at least one."""

    __tablename__ = "case_parts"
    __table_args__ = (Index("case_parts_by_wake", "wakes_at"), Index("case_parts_by_stage", "stage", "stage_since"))

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id"), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[int]  # among the parts of the matter
    department: Mapped[str] = mapped_column(String(200))  # its Chinese name
    needs: Mapped[str] = mapped_column(Text)  # ids of parts that must be done first, joined by |
    stage: Mapped[str] = mapped_column(String(24))  # center.casework.stages.Stage
    stage_since: Mapped[datetime] = mapped_column(UtcTime)
    moves: Mapped[int] = mapped_column(default=0)  # so many rows in case_moves
    arrived_at: Mapped[datetime] = mapped_column(UtcTime)  # since when everything the center has was there
    legal_days: Mapped[int | None]
    promised_days: Mapped[int | None]
    clock_from: Mapped[date | None] = mapped_column(Date)  # the day of acceptance
    outcome: Mapped[str | None] = mapped_column(String(16))  # approved, refused
    hands_over: Mapped[bool] = mapped_column(default=False)  # 出件 is still to be done once it is decided
    warned: Mapped[str] = mapped_column(String(16), default="")  # near, exceeded, overdue
    wakes_at: Mapped[datetime | None] = mapped_column(UtcTime)  # when the center itself has something to do
    case: Mapped[CaseRecord] = relationship(lazy="raise")  # only so that a case is written before its parts


class MoveRecord(Table):
    """One move of a part from stage to stage."""

    __tablename__ = "case_moves"
    __table_args__ = (ForeignKeyConstraint(["case_id", "part_id"], ["case_parts.case_id", "case_parts.part_id"]),)

    case_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    part_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # counts from 1
    move: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(24))
    stage: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # Given as JSON
    part: Mapped[PartRecord] = relationship(lazy="raise")  # only so that a part is written before its moves


class SupplementRecord(Table):
    """A supplement as it came; `taken` when it answered what was asked, and came from who applied."""

    __tablename__ = "supplements"
    __table_args__ = (Index("supplements_by_case", "case_number"),)

    supplement_id: Mapped[str] = mapped_column(ForeignKey("envelopes.envelope_id"), primary_key=True)
    case_number: Mapped[str] = mapped_column(String(64))  # may arrive before its case: no foreign key
    part_id: Mapped[str] = mapped_column(String(40))
    supplied: Mapped[str] = mapped_column(Text)  # ids of what it answers, joined by |
    verdict: Mapped[str] = mapped_column(String(16))  # center.casework.corrections.Verdict
    received_at: Mapped[datetime] = mapped_column(UtcTime)


class WrongAnswers(Table):
    """How often somebody was wrong about whose case it is, or asked for others'; see `center.casework.guessing`."""

    __tablename__ = "wrong_answers"

    scope: Mapped[str] = mapped_column(String(80), primary_key=True)  # case:NUMBER, terminal:ID or numbers:ID
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcTime)  # the first one of the hour


class HandoverRecord(Table):
    """出件: how a result that is a thing reaches who applied. Of the code the hash is here; addresses stay sealed."""

    __tablename__ = "handovers"
    __table_args__ = (Index("handovers_open", "done_at", "ready_at"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.case_id"), primary_key=True)
    parts: Mapped[str] = mapped_column(Text, default=WHOLE)  # ids of those whose results are in it, joined by |
    way: Mapped[str] = mapped_column(String(16))  # flows.terms.Handover.by
    place: Mapped[str | None] = mapped_column(Text)  # flows.text.Text as JSON
    locker: Mapped[str | None] = mapped_column(String(40))  # the adapter's name
    compartment: Mapped[str | None] = mapped_column(String(40))  # of the locker, while something lies in it
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # center.random_codes.hash_of
    ready_at: Mapped[datetime | None] = mapped_column(UtcTime)  # since when it lies there to be collected
    expires_at: Mapped[datetime | None] = mapped_column(UtcTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)  # collected, or posted
    tracking: Mapped[str | None] = mapped_column(String(64))  # of the parcel
    case: Mapped[CaseRecord] = relationship(lazy="raise")  # only so that a case is written before it


class FollowUpRecord(Table):
    """回访: somebody was not content, or it did not work out; its words stay sealed in the envelope."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index("follow_ups_open", "closed_at", "fix_by"), Index("follow_ups_by_case", "case_id"))

    follow_up_id: Mapped[str] = mapped_column(ForeignKey("envelopes.envelope_id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(16))  # rating, report
    case_id: Mapped[str | None] = mapped_column(String(64))
    matter: Mapped[str] = mapped_column(String(64), default="")
    level: Mapped[int | None]  # of the rating: 1 or 2
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    contact_by: Mapped[datetime] = mapped_column(UtcTime)
    fix_by: Mapped[datetime] = mapped_column(UtcTime)
    contacted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what was done about it
    review_level: Mapped[int | None]  # 追评, once
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    warned: Mapped[str] = mapped_column(String(16), default="")  # contact, fix
