"""Brings the tables to the layout that this version of the code reads."""

from sqlalchemy import Connection, column, inspect, select, table

from recommender.adapters.errors import CatalogueError

# The newest migration. Kept here so that a start which finds it need not load Alembic.
NEWEST = "0002"
TABLE = "catalogue_layout"


def is_current(connection: Connection) -> bool:
    """Tell whether the tables have the newest layout."""
    if not inspect(connection).has_table(TABLE):
        return False
    return connection.scalar(select(column("version_num")).select_from(table(TABLE))) == NEWEST


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, in the transaction of the only writer.

    Migrations add and never take away: what a process of the version before reads, the tables `tracks_v1` and
    `catalogue_v1` among it, stays as it was until a later version drops it. Such a process serves on with the songs
    that it loaded. Raises CatalogueError where the layout is newer than this code.
    """
    from alembic import command  # noqa: PLC0415 - takes longer to import than a start without it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "recommender:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise CatalogueError(f"the database's layout is of another version of MusicalFace: {error}") from error
