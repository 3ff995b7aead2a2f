"""The whole refresh: adds new songs, loads the catalogue, and looks up at Spotify the songs most likely to be drawn."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from recommender.catalogue.added_songs import Changes, put_added_songs, read_added_songs
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine, translated_errors, write_transaction
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import Loaded, load
from recommender.catalogue.migrating import migrate
from recommender.refresh.csv_folder import read_folder
from recommender.refresh.lease import Lease, LeaseHeldError, holding
from recommender.refresh.listenbrainz import ListenBrainz
from recommender.refresh.new_songs import NewSongs
from recommender.refresh.prewarm import Prewarmed, Progress, prewarm
from recommender.settings import Settings

LEASE = "refresh"

__all__ = ["CatalogueError", "LeaseHeldError", "Prewarmed", "Refreshed", "refresh"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of a refresh. `problems` has a line with the reason for everything that was left out.

    `folder_readable` is false if a folder of CSV files is configured but cannot be read.
    """

    changes: Changes
    loaded: Loaded
    prewarmed: Prewarmed
    problems: list[str]
    folder_readable: bool


def refresh(settings: Settings, progress: Progress) -> Refreshed:
    """Add new songs, load the catalogue, and look up at Spotify the songs most likely to be drawn.

    A second refresh of the same sources changes no songs. If a source fails, only its songs are missing. Raises
    LeaseHeldError if another refresh is running, CatalogueError if the facts file or the database fails.
    """
    with open_engine(settings.database_url) as engine:
        with translated_errors(engine), write_transaction(engine) as connection:
            migrate(connection)
        with holding(engine, LEASE) as lease:
            facts = FactsFile(settings.catalogue_file)
            in_facts_file = {song.id for song in facts.songs}
            files, listenbrainz = _from_files(settings, progress), _from_listenbrainz(settings, progress)
            progress("loading", 0, 1)
            changes = _put(engine, lease, in_facts_file, files, listenbrainz)
            loaded = load(engine, facts)
            prewarmed = asyncio.run(prewarm(Catalogue(engine, loaded.version), settings, progress))
    return Refreshed(changes, loaded, prewarmed, [*files.problems, *listenbrainz.problems], files.readable)


def _from_files(settings: Settings, progress: Progress) -> NewSongs:
    if settings.sources_folder is None:
        return NewSongs({}, [])
    progress("reading files", 0, 1)
    return read_folder(settings.sources_folder)


def _from_listenbrainz(settings: Settings, progress: Progress) -> NewSongs:
    url, token = settings.listenbrainz_url, settings.listenbrainz_token
    if url is None or token is None:
        return NewSongs({}, [])
    progress("asking ListenBrainz", 0, 1)
    return ListenBrainz(url, token).find_songs()


def _put(engine: Engine, lease: Lease, in_facts_file: set[str], files: NewSongs, listenbrainz: NewSongs) -> Changes:
    """Store the songs that are not in the facts file. CSV files may change added songs, ListenBrainz may not."""
    with translated_errors(engine), write_transaction(engine) as connection:
        lease.renew(connection)
        known = {song.id for song in read_added_songs(connection)} | files.songs.keys()
        from_files = [added for added in files.songs.values() if added.song.id not in in_facts_file]
        others = [added for added in listenbrainz.songs.values() if added.song.id not in in_facts_file | known]
        return put_added_songs(connection, [*from_files, *others], datetime.now(UTC).date())
