"""The parts of a linked case whose results are handed over together."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handovers", sa.Column("parts", sa.Text(), nullable=False, server_default="whole"))


def downgrade() -> None:
    op.drop_column("handovers", "parts")
