"""The wide half of the envelopes in a table of its own, on PostgreSQL one partition a month."""

import sqlalchemy as sa
from alembic import op

from center.months import make_month

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sealed_envelopes",
        sa.Column("envelope_id", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelopes.envelope_id"]),
        sa.PrimaryKeyConstraint("envelope_id", "received_at"),
        postgresql_partition_by="RANGE (received_at)",
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE sealed_envelopes_other PARTITION OF sealed_envelopes DEFAULT")
        months = sa.text("SELECT DISTINCT date_trunc('month', received_at) FROM envelopes")
        for month in op.get_bind().scalars(months).all():
            make_month(op.get_bind(), month)
    op.execute(
        "INSERT INTO sealed_envelopes (envelope_id, received_at, body, receipt)"
        " SELECT envelope_id, received_at, body, receipt FROM envelopes"
    )
    op.drop_column("envelopes", "body")
    op.drop_column("envelopes", "receipt")


def downgrade() -> None:
    op.add_column("envelopes", sa.Column("body", sa.LargeBinary(), nullable=True))
    op.add_column("envelopes", sa.Column("receipt", sa.Text(), nullable=True))
    envelopes, sealed = (
        sa.table(name, sa.column("envelope_id"), sa.column("body"), sa.column("receipt"))
        for name in ("envelopes", "sealed_envelopes")
    )
    same = sealed.c.envelope_id == envelopes.c.envelope_id
    wide = {name: sa.select(sealed.c[name]).where(same).scalar_subquery() for name in ("body", "receipt")}
    op.execute(sa.update(envelopes).values(wide))
    op.drop_table("sealed_envelopes")
