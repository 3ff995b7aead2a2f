"""Questions to the catalogue's database."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Subquery, literal, select
from sqlalchemy.exc import SQLAlchemyError

from musicalface_common.errors import UpstreamUnavailable
from musicalface_common.vocabulary import Mood
from recommender.adapters.rows import song_of
from recommender.adapters.search import answers, meanings
from recommender.adapters.tables import KEY_LENGTH, current_edition, tracks
from recommender.domain.matching import typed_words
from recommender.domain.text import artist_key, normalise
from recommender.domain.track import Filters, Hit, Position, Query, Track

WATCH_SECONDS = 5.0

_FACTS = (
    tracks.c.number,
    tracks.c.artist,
    tracks.c.title,
    tracks.c.year,
    tracks.c.genre,
    tracks.c.language,
    tracks.c.explicit,
    tracks.c.spotify_id,
    tracks.c.tag_mood,
    tracks.c.listeners,
    tracks.c.angry,
    tracks.c.sad,
    tracks.c.happy,
    tracks.c.relaxed,
)
Rows = Sequence[Row[Any]]

log = structlog.get_logger("musicalface.catalogue")


class Catalogue:
    """The catalogue as it is loaded: each question sees one version of it, whole.

    `version` is what was current when the database was last asked, `available` says how it did then.
    """

    def __init__(self, engine: Engine, version: str) -> None:
        self.version = version
        self.available = True
        self._engine = engine

    def candidates(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return the songs that are strongest in a mood, the strongest first. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            strongest = (
                _songs(edition)
                .where(tracks.c.mood == mood.value, *_conditions(filters))
                .order_by(tracks.c.strength.desc(), tracks.c.number)
            )
            return [song_of(row) for row in connection.execute(strongest.limit(limit))]

    def search(self, query: Query, after: Position | None, limit: int) -> list[Hit]:
        """Return the first songs that a query finds after a position, best first. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            return [_hit(row) for row in _found(connection, edition, query, after, limit)]

    def track(self, track_id: str) -> Track | None:
        """Return the song of an id of 12 hex digits, None where there is none. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            row = connection.execute(_songs(edition).where(tracks.c.number == int(track_id, 16))).first()
        return song_of(row) if row else None

    async def watch(self) -> None:
        """Ask for the version until cancelled, so that a newly loaded catalogue is noticed."""
        while True:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(WATCH_SECONDS)

    def refresh(self) -> None:
        """Find out which version is current, if the database answers."""
        with suppress(UpstreamUnavailable), self._reading():
            pass

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, int]]:
        try:
            with self._engine.connect() as connection:
                edition, self.version = _current(connection)
                yield connection, edition
        except SQLAlchemyError as error:
            self._note_failure(error)
            raise UpstreamUnavailable("the catalogue's database does not answer") from error
        self.available = True

    def _note_failure(self, error: SQLAlchemyError) -> None:
        if self.available:
            log.warning("database away", error=type(error).__name__)
        self.available = False


def _current(connection: Connection) -> tuple[int, str]:
    current = current_edition(connection)
    if current is None:
        raise UpstreamUnavailable("the catalogue's database holds no songs")
    return current


def _found(connection: Connection, edition: int, query: Query, after: Position | None, limit: int) -> Rows:
    if query.text is None:
        return connection.execute(_by_id(edition, query, after).limit(limit)).all()
    meant = [meanings(connection, edition, word) for word in typed_words(query.text)]
    if not (meant and all(each.songs for each in meant)):  # signs alone find nothing, rather than all
        return []
    return connection.execute(_by_likeness(edition, answers(edition, meant), query, after, limit)).all()


def _by_id(edition: int, query: Query, after: Position | None) -> Select[Any]:
    later = [tracks.c.number > int(after.id, 16)] if after else []
    found = _songs(edition, literal(0).label("likeness"))
    return found.where(*_query_conditions(query), *later).order_by(tracks.c.number)


def _by_likeness(edition: int, found: Subquery, query: Query, after: Position | None, limit: int) -> Select[Any]:
    # The page is cut before the facts are joined: of thousands of answers only its own are looked up.
    page = select(found)
    if conditions := _query_conditions(query):
        here = (tracks.c.edition == edition) & (tracks.c.number == found.c.track)
        page = page.join(tracks, here).where(*conditions)
    if after:
        same = (found.c.likeness == after.likeness) & (found.c.track > int(after.id, 16))
        page = page.where(same | (found.c.likeness < after.likeness))
    cut = page.order_by(found.c.likeness.desc(), found.c.track).limit(limit).subquery("page")
    songs = _songs(edition, cut.c.likeness).join(cut, tracks.c.number == cut.c.track)
    return songs.order_by(cut.c.likeness.desc(), cut.c.track)


def _songs(edition: int, *also: ColumnElement[int]) -> Select[Any]:
    return select(*_FACTS, *also).where(tracks.c.edition == edition)


def _query_conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions = _conditions(query.filters)
    if query.mood is not None:
        conditions.append(tracks.c.mood == query.mood.value)
    if query.artist is not None:
        conditions.append(tracks.c.artist_key == artist_key(query.artist)[:KEY_LENGTH])
    return conditions


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.genre is not None:
        conditions.append(tracks.c.genre_key == normalise(filters.genre)[:KEY_LENGTH])
    if filters.language is not None:
        # Servers compare as if there were spaces at the end.
        conditions.append(tracks.c.language == filters.language.strip().casefold())
    if filters.year_from is not None:
        conditions.append(tracks.c.year >= filters.year_from)
    if filters.year_to is not None:
        conditions.append(tracks.c.year <= filters.year_to)
    if filters.explicit is not None:
        conditions.append(tracks.c.explicit == filters.explicit)
    return conditions


def _hit(row: Row[Any]) -> Hit:
    track = song_of(row)
    return Hit(track, Position(int(row.likeness), track.id))  # MariaDB's sums are decimals
