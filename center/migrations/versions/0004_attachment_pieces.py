"""Attachments may come in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment_pieces",
        sa.Column("terminal_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminals.terminal_id"]),
        sa.PrimaryKeyConstraint("terminal_id", "sha256", "start"),
    )
    op.create_index("attachment_pieces_by_time", "attachment_pieces", ["received_at"], unique=False)


def downgrade() -> None:
    op.drop_table("attachment_pieces")
