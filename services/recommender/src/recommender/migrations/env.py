"""How Alembic runs the migrations: on the connection, and in the transaction, that it is handed."""

from alembic import context

from recommender.adapters.layout import TABLE
from recommender.adapters.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=TABLE)
with context.begin_transaction():
    context.run_migrations()
