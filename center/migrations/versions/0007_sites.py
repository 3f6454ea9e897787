"""The tree of sites, settings of terminals, and which matters are offered where."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("under", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["under"], ["sites.name"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "settings",
        sa.Column("scope", sa.String(length=220), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "name"),
    )
    op.create_table(
        "matters_at",
        sa.Column("scope", sa.String(length=220), nullable=False),
        sa.Column("matter", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("scope", "matter"),
    )


def downgrade() -> None:
    for table in ("matters_at", "settings", "sites"):
        op.drop_table(table)
