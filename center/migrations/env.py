"""Alembic's way in: runs the revisions on the connection and in the transaction it is handed."""

from alembic import context

from center.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
