"""The hash of the code on a receipt, under which its case is followed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("follow_hash", sa.String(length=64), nullable=True))
    op.create_index("cases_by_follow", "cases", ["follow_hash"])


def downgrade() -> None:
    op.drop_index("cases_by_follow", "cases")
    op.drop_column("cases", "follow_hash")
