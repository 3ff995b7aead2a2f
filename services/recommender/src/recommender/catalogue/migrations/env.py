"""Alembic's entry point. Runs the migrations on the connection of `migrating.migrate`, in its transaction."""

from alembic import context

from recommender.catalogue.migrating import TABLE
from recommender.catalogue.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=TABLE)
with context.begin_transaction():
    context.run_migrations()
