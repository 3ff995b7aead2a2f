"""The refresh as a whole: new songs come in, the catalogue is loaded, and Spotify is asked for the likeliest songs."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from recommender.catalogue.added_songs import Changes, put_added_songs, read_added_songs
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import failures_named, open_engine, writing
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import Loaded, load
from recommender.catalogue.migrating import migrate
from recommender.refresh.csv_folder import read_folder
from recommender.refresh.lease import Lease, holding
from recommender.refresh.listenbrainz import ListenBrainz
from recommender.refresh.new_songs import NewSongs
from recommender.refresh.prewarm import Prewarmed, Progress, prewarm
from recommender.settings import Settings

LEASE = "refresh"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The result of a refresh. `problems` has a line for everything that was left out, with the reason.

    `folder_readable` is false where a folder of CSV files is set and cannot be read.
    """

    changes: Changes
    loaded: Loaded
    prewarmed: Prewarmed
    problems: list[str]
    folder_readable: bool


def refresh(settings: Settings, progress: Progress) -> Refreshed:
    """Bring in new songs, load them, and look the likeliest songs up at Spotify.

    A second run changes nothing that the first one did, and no two refreshes run at once. A source that fails costs
    only its own songs. Raises LeaseHeldError where another refresh runs, CatalogueError where facts file or database
    fails.
    """
    with open_engine(settings.database_url) as engine:
        with failures_named(engine), writing(engine) as connection:
            migrate(connection)
        with holding(engine, LEASE) as lease:
            facts = FactsFile(settings.catalogue_file)
            known = {song.id for song in facts.songs}
            files, radio = _from_files(settings, progress), _from_listenbrainz(settings, progress)
            progress("loading", 0, 1)
            changes = _put(engine, lease, known, files, radio)
            loaded = load(engine, facts)
            prewarmed = asyncio.run(prewarm(Catalogue(engine, loaded.version), settings, progress))
    return Refreshed(changes, loaded, prewarmed, [*files.problems, *radio.problems], files.readable)


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


def _put(engine: Engine, lease: Lease, facts: set[str], files: NewSongs, radio: NewSongs) -> Changes:
    """Add the songs that the facts file does not know. A file may change an added song, the radio may not."""
    with failures_named(engine), writing(engine) as connection:
        lease.renew(connection)
        known = {song.id for song in read_added_songs(connection)} | files.songs.keys()
        from_files = [added for added in files.songs.values() if added.song.id not in facts]
        from_radio = [added for added in radio.songs.values() if added.song.id not in facts | known]
        return put_added_songs(connection, [*from_files, *from_radio], datetime.now(UTC).date())
