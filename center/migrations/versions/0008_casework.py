"""What happens to a case: its parts and moves, supplements, follow-ups; staff; the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Cases of before had the six words of citizens only.
_BEGIN = """
INSERT INTO case_parts (case_id, part_id, place, department, needs, stage, stage_since, moves, arrived_at, clock_from,
                        outcome, hands_over, warned, wakes_at)
SELECT case_id, 'whole', 0, '', '',
       CASE state WHEN 'inReview' THEN 'accepted' WHEN 'finished' THEN 'completed' ELSE 'awaitingPrecheck' END,
       state_since, 1, received_at,
       CASE WHEN state IN ('inReview', 'finished') THEN DATE(state_since) END,
       CASE WHEN state = 'finished' THEN 'approved' END, FALSE, '',
       CASE WHEN state <> 'finished' THEN state_since END
FROM cases
"""
_FIRST_MOVE = """
INSERT INTO case_moves (case_id, part_id, number, move, origin, stage, at, actor)
SELECT case_id, part_id, 1,
       CASE stage WHEN 'awaitingPrecheck' THEN 'submit' ELSE 'submit-instant' END, 'initialised', stage, stage_since,
       'center'
FROM case_parts
"""


def upgrade() -> None:
    op.create_table(
        "case_parts",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("part_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("stage_since", sa.DateTime(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("legal_days", sa.Integer(), nullable=True),
        sa.Column("promised_days", sa.Integer(), nullable=True),
        sa.Column("clock_from", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("hands_over", sa.Boolean(), nullable=False),
        sa.Column("warned", sa.String(length=16), nullable=False),
        sa.Column("wakes_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"]),
        sa.PrimaryKeyConstraint("case_id", "part_id"),
    )
    op.create_index("case_parts_by_wake", "case_parts", ["wakes_at"])
    op.create_index("case_parts_by_stage", "case_parts", ["stage", "stage_since"])
    op.create_table(
        "case_moves",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("part_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id", "part_id"], ["case_parts.case_id", "case_parts.part_id"]),
        sa.PrimaryKeyConstraint("case_id", "part_id", "number"),
    )
    op.create_table(
        "supplements",
        sa.Column("supplement_id", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.String(length=64), nullable=False),
        sa.Column("part_id", sa.String(length=40), nullable=False),
        sa.Column("supplied", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["supplement_id"], ["envelopes.envelope_id"]),
        sa.PrimaryKeyConstraint("supplement_id"),
    )
    op.create_index("supplements_by_case", "supplements", ["case_number"])
    _follow_ups()
    _staff_and_audit()
    op.execute(_BEGIN)
    op.execute(_FIRST_MOVE)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("follow_up_id", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=True),
        sa.Column("matter", sa.String(length=64), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("contact_by", sa.DateTime(), nullable=False),
        sa.Column("fix_by", sa.DateTime(), nullable=False),
        sa.Column("contacted_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("review_level", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("warned", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["follow_up_id"], ["envelopes.envelope_id"]),
        sa.PrimaryKeyConstraint("follow_up_id"),
    )
    op.create_index("follow_ups_open", "follow_ups", ["closed_at", "fix_by"])
    op.create_index("follow_ups_by_case", "follow_ups", ["case_id"])


def _staff_and_audit() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "audit_head",
        sa.Column("head_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("head_id"),
    )


def downgrade() -> None:
    for table in (
        "audit_head",
        "audit",
        "staff",
        "follow_ups",
        "supplements",
        "case_moves",
        "case_parts",
    ):
        op.drop_table(table)
