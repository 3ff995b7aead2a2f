"""The weekly refresh: new songs come in, and the most likely ones' places at Spotify are known before anybody asks."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from recommender.adapters.additions import Changes, put_additions, read_additions
from recommender.adapters.database import failures_named, open_engine, writing
from recommender.adapters.facts import read_facts
from recommender.adapters.layout import migrate
from recommender.adapters.lease import Lease, holding
from recommender.adapters.listenbrainz import ListenBrainz
from recommender.adapters.loader import Loaded, content_of, load
from recommender.adapters.new_songs import Gathered
from recommender.adapters.sources_csv import read_folder
from recommender.reresolve import Progress, Resolved, reresolve
from recommender.settings import Settings

LEASE = "refresh"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to; the problems are lines that say what was left out and why.

    Not `readable` is the folder of files where it is named and cannot be read.
    """

    changes: Changes
    loaded: Loaded
    resolved: Resolved
    problems: list[str]
    readable: bool


def refresh(settings: Settings, progress: Progress) -> Refreshed:
    """Bring in new songs, switch to them, and ask Spotify for those whose places there are no longer known.

    A second run changes nothing that the first one did, and no two run at once. A source that fails costs its own
    songs alone. Raises LeaseHeldError where another refresh runs, CatalogueError where facts file or database fails.
    """
    with open_engine(settings.database_url) as engine:
        with failures_named(engine), writing(engine) as connection:
            migrate(connection)
        with holding(engine, LEASE) as lease:
            facts = _known(settings)
            files, radio = _from_files(settings, progress), _from_listenbrainz(settings, progress)
            progress("loading", 0, 1)
            changes = _put(engine, lease, facts, files, radio)
            loaded = load(engine, settings.catalogue_file)
            resolved = reresolve(engine, settings, loaded.version, progress)
    return Refreshed(changes, loaded, resolved, [*files.problems, *radio.problems], files.readable)


def _known(settings: Settings) -> set[str]:
    path = settings.catalogue_file
    return {song.id for song in read_facts(path, content_of(path))}


def _from_files(settings: Settings, progress: Progress) -> Gathered:
    if settings.sources_folder is None:
        return Gathered({}, [])
    progress("reading files", 0, 1)
    return read_folder(settings.sources_folder)


def _from_listenbrainz(settings: Settings, progress: Progress) -> Gathered:
    url, token = settings.listenbrainz_url, settings.listenbrainz_token
    if url is None or token is None:
        return Gathered({}, [])
    progress("asking ListenBrainz", 0, 1)
    return ListenBrainz(url, token).gather()


def _put(engine: Engine, lease: Lease, facts: set[str], files: Gathered, radio: Gathered) -> Changes:
    """Keep what the facts file does not know. A file may mend what is there, the radio only adds."""
    with failures_named(engine), writing(engine) as connection:
        lease.renew(connection)
        known = {song.id for song in read_additions(connection)} | files.songs.keys()
        mended = [addition for addition in files.songs.values() if addition.song.id not in facts]
        new = [addition for addition in radio.songs.values() if addition.song.id not in facts | known]
        return put_additions(connection, [*mended, *new], datetime.now(UTC).date())
