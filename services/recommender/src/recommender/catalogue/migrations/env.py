"""Alembic's entry point: runs the migrations on the connection, and in the transaction, that `migrate` gives it."""

from alembic import context

from recommender.catalogue.migrating import TABLE
from recommender.catalogue.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=TABLE)
with context.begin_transaction():
    context.run_migrations()
