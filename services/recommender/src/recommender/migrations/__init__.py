"""The steps by which the database's layout came to be, run by Alembic. They only ever add."""
