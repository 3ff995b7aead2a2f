"""The migrations of the database's schema, which Alembic runs. They only add tables and columns."""
