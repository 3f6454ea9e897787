"""When an envelope was first in a backup: terminals forget only what is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("envelopes", sa.Column("backed_up_at", sa.DateTime(), nullable=True))
    op.create_index("envelopes_by_backup", "envelopes", ["backed_up_at"], unique=False)


def downgrade() -> None:
    op.drop_index("envelopes_by_backup", "envelopes")
    op.drop_column("envelopes", "backed_up_at")
