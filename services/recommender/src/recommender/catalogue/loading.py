"""Loads the facts file and the added songs into the database, unless the database already holds them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy import Connection, Engine

from recommender.catalogue.added_songs import fingerprint, read_added_songs
from recommender.catalogue.database import open_engine, translated_errors, write_transaction
from recommender.catalogue.edition import current_edition, remove_older_editions, store_edition
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.migrating import is_current, migrate
from recommender.domain.belief import PRIOR_VOTES, TAG_VOTES
from recommender.domain.track import Track

# Increase this when the loader stores other rows for the same file.
REVISION = 3

__all__ = ["CatalogueError", "Loaded", "load", "load_catalogue"]

log = structlog.get_logger("musicalface.catalogue")


class Loaded(NamedTuple):
    """The current version, and the number of songs that were loaded: None if that version was already current."""

    version: str
    songs: int | None


def load_catalogue(database_url: str, facts_file: Path) -> Loaded:
    """Open a database and load a facts file into it. Raises CatalogueError, as `load` does."""
    with open_engine(database_url) as engine:
        return load(engine, FactsFile(facts_file))


def load(engine: Engine, facts: FactsFile) -> Loaded:
    """Migrate the database to the newest schema and load the songs, all or nothing.

    The version is a hash of the file's bytes, the added songs, REVISION and TAG_WEIGHT. Readers see the old songs until
    all new ones are stored. If several processes load at the same time, one loads and the others wait for it. Raises
    CatalogueError; a faulty file is found before anything is changed.
    """
    with translated_errors(engine):
        if version := _loaded_version(engine, facts):
            return Loaded(version, None)
        songs = facts.songs
        with write_transaction(engine) as connection:
            migrate(connection)
            added = read_added_songs(connection)
            version = _version(facts, added)
            if _stored_version(connection) == version:
                return Loaded(version, None)
            songs = _merged(songs, added)
            edition = store_edition(connection, songs, version)
        # In a second transaction, so that readers get the new edition sooner.
        with write_transaction(engine) as connection:
            remove_older_editions(connection, edition)
    log.info("catalogue loaded", version=version, tracks=len(songs))
    return Loaded(version, len(songs))


def _version(facts: FactsFile, added: Sequence[Track]) -> str:
    rest = f"{REVISION} {TAG_VOTES} {PRIOR_VOTES}{fingerprint(added)}"
    return hashlib.sha256(facts.content + rest.encode()).hexdigest()[:12]


def _loaded_version(engine: Engine, facts: FactsFile) -> str | None:
    """Return the version of the file and the added songs if the database already holds it, else None."""
    with engine.connect() as connection:
        if not is_current(connection):
            return None
        version = _version(facts, read_added_songs(connection))
        return version if _stored_version(connection) == version else None


def _stored_version(connection: Connection) -> str | None:
    current = current_edition(connection)
    return current.version if current else None


def _merged(facts: Sequence[Track], added: Sequence[Track]) -> list[Track]:
    """Return all songs, sorted by id. An added song is left out if the facts file has a song with its id."""
    known = {song.id for song in facts}
    return sorted([*facts, *(song for song in added if song.id not in known)], key=lambda song: song.id)
