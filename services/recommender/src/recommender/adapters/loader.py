"""From the facts file and what was added to it into the database, when what is there is not of them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, Engine, delete, insert

from recommender.adapters.additions import fingerprint, read_additions
from recommender.adapters.database import failures_named, writing
from recommender.adapters.errors import CatalogueError
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
    """Bring the database to the newest layout, to the facts of `path` and to what was added, all or nothing.

    The version is made of the file's bytes, the additions, and what else decides about the rows. Readers see the old
    songs until the new ones are complete. Processes that load at once wait for each other; one of them loads. Raises
    CatalogueError, before anything is changed where the file is at fault.
    """
    content = content_of(path)
    with failures_named(engine):
        if version := _loaded_version(engine, content):
            return Loaded(version, None)
        facts = read_facts(path, content)
        with writing(engine) as connection:
            migrate(connection)
            added = read_additions(connection)
            version = _version(content, added)
            if _stored_version(connection) == version:
                return Loaded(version, None)
            songs = _merged(facts, added)
            edition = _store(connection, songs, version)
        _remove_others(engine, edition)
    log.info("catalogue loaded", version=version, tracks=len(songs))
    return Loaded(version, len(songs))


def content_of(path: Path) -> bytes:
    """Return the bytes of a facts file. Raises CatalogueError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"the catalogue {path} cannot be read: {error.strerror}") from error


def _version(content: bytes, added: Sequence[Track]) -> str:
    rest = f"{REVISION} {TAG_WEIGHT}{fingerprint(added)}"
    return hashlib.sha256(content + rest.encode()).hexdigest()[:12]


def _loaded_version(engine: Engine, content: bytes) -> str | None:
    """Return the version to load if it is what the database has."""
    with engine.connect() as connection:
        if not is_current(connection):
            return None
        version = _version(content, read_additions(connection))
        return version if _stored_version(connection) == version else None


def _merged(facts: list[Track], added: Sequence[Track]) -> list[Track]:
    """Return all songs in the order of their ids. What the facts file says of a song holds."""
    known = {song.id for song in facts}
    return sorted([*facts, *(song for song in added if song.id not in known)], key=lambda song: song.id)


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
