"""The migrations of the database's schema, run by Alembic. They only add tables and columns."""
