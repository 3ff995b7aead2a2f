"""From the facts file into the database, when what is there is not of this file."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, Engine, delete, insert

from recommender.adapters.database import CatalogueError, failures_named, writing
from recommender.adapters.facts import read_facts
from recommender.adapters.layout import is_current, migrate
from recommender.adapters.rows import edition_rows
from recommender.adapters.tables import EDITION_TABLES, current_edition, editions
from recommender.domain.belief import TAG_WEIGHT
from recommender.domain.track import Track

# Raised when the loader makes something else of the same file.
REVISION = 1

log = structlog.get_logger("musicalface.catalogue")


class Loaded(NamedTuple):
    """What a load came to: the version that is current, and how many songs it put there, or None for none."""

    version: str
    songs: int | None


def load(engine: Engine, path: Path) -> Loaded:
    """Bring the database to the newest layout and to the facts of `path`, all or nothing.

    The version is made of the file's bytes and of what else decides about the rows. Readers see the old songs until
    the new ones are complete. Processes that load at once wait for each other; one of them loads. Raises
    CatalogueError, before anything is changed where the file is at fault.
    """
    content = _content(path)
    version = _version(content)
    with failures_named(engine):
        if _is_loaded(engine, version):
            return Loaded(version, None)
        songs = read_facts(path, content)
        with writing(engine) as connection:
            migrate(connection)
            if _stored_version(connection) == version:
                return Loaded(version, None)
            edition = _store(connection, songs, version)
        _remove_others(engine, edition)
    log.info("catalogue loaded", version=version, tracks=len(songs))
    return Loaded(version, len(songs))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"the catalogue {path} cannot be read: {error.strerror}") from error


def _version(content: bytes) -> str:
    return hashlib.sha256(content + f"{REVISION} {TAG_WEIGHT}".encode()).hexdigest()[:12]


def _is_loaded(engine: Engine, version: str) -> bool:
    with engine.connect() as connection:
        return is_current(connection) and _stored_version(connection) == version


def _stored_version(connection: Connection) -> str | None:
    current = current_edition(connection)
    return current[1] if current else None


def _store(connection: Connection, songs: list[Track], version: str) -> int:
    """Add an edition. Its row makes it the current one when the transaction ends."""
    edition = connection.execute(insert(editions).values(version=version)).lastrowid
    for table, rows in edition_rows(songs).items():
        connection.execute(insert(table), [{"edition": edition, **row} for row in rows])
    return edition


def _remove_others(engine: Engine, edition: int) -> None:
    """Remove the editions that are no longer current, in a transaction of its own, so that the switch is quick."""
    with writing(engine) as connection:
        for table in EDITION_TABLES:
            connection.execute(delete(table).where(table.c.edition < edition))
        connection.execute(delete(editions).where(editions.c.number < edition))
