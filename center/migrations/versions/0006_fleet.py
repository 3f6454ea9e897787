"""Troubles of terminals and alerts; certificates, revocation with its reason, and what is held after it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "troubles",
        sa.Column("terminal_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.terminal_id"]),
        sa.PrimaryKeyConstraint("terminal_id", "kind", "subject"),
    )
    op.create_index("troubles_to_tell", "troubles", ["told_at", "since"], unique=False)
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.String(length=32), nullable=False),
        sa.Column("terminal_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.terminal_id"]),
        sa.PrimaryKeyConstraint("alert_id"),
    )
    op.create_index("alerts_to_send", "alerts", ["sent_at", "next_try_at"], unique=False)
    op.create_index("alerts_by_terminal", "alerts", ["terminal_id"], unique=False)
    op.create_table(
        "held_envelopes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("envelope_id", sa.String(length=64), nullable=False),
        sa.Column("terminal_id", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.terminal_id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("held_by_terminal", "held_envelopes", ["terminal_id"], unique=False)
    op.create_table(
        "terminal_certificates",
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("terminal_id", sa.String(length=64), nullable=False),
        sa.Column("pem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.terminal_id"]),
        sa.PrimaryKeyConstraint("serial"),
    )
    op.create_index("certificates_by_terminal", "terminal_certificates", ["terminal_id"], unique=False)
    op.add_column("terminals", sa.Column("revoked_why", sa.String(length=300), nullable=True))
    op.add_column("terminals", sa.Column("certificate_expires_at", sa.DateTime(), nullable=True))
    op.add_column("enrolment_codes", sa.Column("withdrawn_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("enrolment_codes", "withdrawn_at")
    op.drop_column("terminals", "certificate_expires_at")
    op.drop_column("terminals", "revoked_why")
    for table in ("terminal_certificates", "held_envelopes", "alerts", "troubles"):
        op.drop_table(table)
