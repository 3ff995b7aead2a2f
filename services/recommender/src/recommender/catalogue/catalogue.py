"""Reads songs from the catalogue's database."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, Integer, Row, Select, Subquery, cast, literal, select
from sqlalchemy.exc import SQLAlchemyError

from musicalface_common.errors import UpstreamUnavailable
from musicalface_common.vocabulary import MOODS, Mood
from recommender.catalogue.edition import Edition, current_edition
from recommender.catalogue.meanings import meanings
from recommender.catalogue.rows import song_of
from recommender.catalogue.search import answers, tolerances
from recommender.catalogue.tables import KEY_LENGTH, tracks
from recommender.domain.facts import FACTS
from recommender.domain.normalisation import normalise
from recommender.domain.query import Filters, Hit, Position, Query
from recommender.domain.spelling import spelling_key
from recommender.domain.track import Track
from recommender.domain.typed_text import typed_words

WATCH_SECONDS = 5.0

_FACTS = [tracks.c[name] for name in ("number", *(fact.name for fact in FACTS), *MOODS)]
Rows = Sequence[Row[Any]]

log = structlog.get_logger("musicalface.catalogue")


class Catalogue:
    """The loaded catalogue. Each call reads one edition, whole.

    `version` and `available` are the version and the state of the database at the last call.
    """

    def __init__(self, engine: Engine, version: str) -> None:
        self.version = version
        self.available = True
        self._engine = engine

    def candidates(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return the `limit` songs with the highest scores of their mood, best first. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            strongest = (
                _songs(edition)
                .where(tracks.c.mood == mood.value, *_conditions(filters))
                .order_by(tracks.c.strength.desc(), tracks.c.number)
            )
            return [song_of(row) for row in connection.execute(strongest.limit(limit))]

    def search(self, query: Query, after: Position | None, limit: int) -> list[Hit]:
        """Return the first `limit` songs of a query's result after a position. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            return [_hit(row) for row in _found(connection, edition, query, after, limit)]

    def track(self, track_id: str) -> Track | None:
        """Return the song with an id of 12 hex digits, or None. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            row = connection.execute(_songs(edition).where(tracks.c.number == int(track_id, 16))).first()
        return song_of(row) if row else None

    async def watch(self) -> None:
        """Refresh the version every 5 s until cancelled, so that a newly loaded catalogue is noticed."""
        while True:
            await asyncio.to_thread(self.refresh)
            await asyncio.sleep(WATCH_SECONDS)

    def refresh(self) -> None:
        """Read which version is current, if the database answers."""
        with suppress(UpstreamUnavailable), self._reading():
            pass

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, int]]:
        try:
            with self._engine.connect() as connection:
                edition = _current(connection)
                self.version = edition.version
                yield connection, edition.number
        except SQLAlchemyError as error:
            self._note_failure(error)
            raise UpstreamUnavailable("the catalogue's database does not answer") from error
        self.available = True

    def _note_failure(self, error: SQLAlchemyError) -> None:
        if self.available:
            log.warning("database is away", error=type(error).__name__)
        self.available = False


def _current(connection: Connection) -> Edition:
    current = current_edition(connection)
    if current is None:
        raise UpstreamUnavailable("the catalogue's database holds no songs")
    return current


def _found(connection: Connection, edition: int, query: Query, after: Position | None, limit: int) -> Rows:
    if query.text is None:
        return connection.execute(_by_id(edition, query, after).limit(limit)).all()
    meant = meanings(connection, edition, typed_words(query.text))
    narrowed = after is not None or bool(_query_conditions(query))
    for lacking in tolerances(meant):
        found = answers(edition, meant, lacking)
        rows = connection.execute(_by_relevance(edition, found, query, after, limit)).all()
        # Songs can be found and not be among the rows: on pages before, or because they do not pass the filters.
        if rows or (narrowed and connection.execute(select(found).limit(1)).first()):
            return rows
    return []


def _by_id(edition: int, query: Query, after: Position | None) -> Select[Any]:
    later = [tracks.c.number > int(after.id, 16)] if after else []
    found = _songs(edition, literal(0).label("relevance"))
    return found.where(*_query_conditions(query), *later).order_by(tracks.c.number)


def _by_relevance(edition: int, found: Subquery, query: Query, after: Position | None, limit: int) -> Select[Any]:
    # Cut the page before joining the facts: this reads the facts of one page instead of thousands of songs.
    relevance = cast(found.c.relevance, Integer)
    page = select(found.c.track, relevance.label("relevance"))
    if conditions := _query_conditions(query):
        here = (tracks.c.edition == edition) & (tracks.c.number == found.c.track)
        page = page.join(tracks, here).where(*conditions)
    if after:
        same = (relevance == after.relevance) & (found.c.track > int(after.id, 16))
        page = page.where(same | (relevance < after.relevance))
    cut = page.order_by(relevance.desc(), found.c.track).limit(limit).subquery("page")
    songs = _songs(edition, cut.c.relevance).join(cut, tracks.c.number == cut.c.track)
    return songs.order_by(cut.c.relevance.desc(), cut.c.track)


def _songs(edition: int, *also: ColumnElement[int]) -> Select[Any]:
    return select(*_FACTS, *also).where(tracks.c.edition == edition)


def _query_conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions = _conditions(query.filters)
    if query.mood is not None:
        conditions.append(tracks.c.mood == query.mood.value)
    if query.artist is not None:
        conditions.append(tracks.c.artist_key == spelling_key(query.artist)[:KEY_LENGTH])
    return conditions


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.genre is not None:
        conditions.append(tracks.c.genre_key == normalise(filters.genre)[:KEY_LENGTH])
    if filters.language is not None:
        # The servers ignore spaces at the end when they compare.
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
    return Hit(track, Position(int(row.relevance), track.id))
