"""Migrates the tables to the schema that this version of the code reads."""

from sqlalchemy import Connection, column, inspect, select, table

from recommender.catalogue.errors import CatalogueError

# The newest migration. Written here so that a start with a current schema does not import Alembic.
NEWEST = "0004"
# The name is older than the word schema in this code. Existing databases have it.
TABLE = "catalogue_layout"


def is_current(connection: Connection) -> bool:
    """Return whether the tables have the newest schema."""
    if not inspect(connection).has_table(TABLE):
        return False
    return connection.scalar(select(column("version_num")).select_from(table(TABLE))) == NEWEST


def migrate(connection: Connection) -> None:
    """Run the missing migrations on a connection that is in a write transaction.

    Migrations only add tables and columns, so a running process of the previous release keeps working. Raises
    CatalogueError if the schema is newer than this code.
    """
    from alembic import command  # noqa: PLC0415 - importing it takes longer than a whole start without it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "recommender.catalogue:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CatalogueError(f"the database's schema belongs to another version of MusicalFace: {error}") from error
