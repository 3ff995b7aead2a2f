"""Reads songs from the catalogue's database."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Row,
    Select,
    Subquery,
    cast,
    false,
    literal,
    or_,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from musicalface_common.errors import UpstreamUnavailable
from musicalface_common.vocabulary import Mood
from recommender.catalogue.edition import Edition, current_edition
from recommender.catalogue.facets import read_facets
from recommender.catalogue.rows import genre_keys, song_of
from recommender.catalogue.search import matching_songs, numbers_missing
from recommender.catalogue.similar_words import similar_words
from recommender.catalogue.tables import KEY_LENGTH, former_ids, tracks
from recommender.domain.facets import Facets, language_key
from recommender.domain.facts import COLUMNS
from recommender.domain.query import Filters, Hit, Position, Query
from recommender.domain.spelling import spelling_key
from recommender.domain.track import Kind, Track
from recommender.domain.typed_text import typed_words

WATCH_SECONDS = 1.0

_FACTS = [tracks.c[name] for name in ("number", *COLUMNS)]
Rows = Sequence[Row[Any]]

log = structlog.get_logger("musicalface.catalogue")


class Catalogue:
    """The loaded catalogue. One call reads one edition, even if another one is loaded in the meantime.

    `version` is the version that the last call read; `available` is false if the database did not answer that call.
    """

    def __init__(self, engine: Engine, version: str) -> None:
        self.version = version
        self.available = True
        self._engine = engine
        self._facets: tuple[str, Facets] | None = None

    def candidates(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return the `limit` songs of a mood with the highest score for it, best first. Raises UpstreamUnavailable."""
        with self._open_edition() as (connection, edition):
            strongest = (
                _songs(edition)
                .where(tracks.c.mood == mood.value, *_listed(filters), *_conditions(filters))
                .order_by(tracks.c.strength.desc(), tracks.c.number)
            )
            return [song_of(row) for row in connection.execute(strongest.limit(limit))]

    def sample(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return `limit` songs of a mood that lists may hold, of all strengths. Raises UpstreamUnavailable."""
        with self._open_edition() as (connection, edition):
            found = _songs(edition).where(tracks.c.mood == mood.value, *_listed(filters), *_conditions(filters))
            rows = connection.execute(found.order_by(tracks.c.number).limit(limit))  # an id is a hash
            return [song_of(row) for row in rows]

    def search(self, query: Query, after: Position | None, limit: int) -> list[Hit]:
        """Return the first `limit` songs that follow a position in a query's result. Raises UpstreamUnavailable."""
        with self._open_edition() as (connection, edition):
            return [_hit(row) for row in _search_rows(connection, edition, query, after, limit)]

    def track(self, track_id: str) -> Track | None:
        """Return the song that has or had this id (12 hex digits), or None. Raises UpstreamUnavailable."""
        number = int(track_id, 16)
        here = (former_ids.c.edition == tracks.c.edition) & (former_ids.c.number == number)
        with self._open_edition() as (connection, edition):
            row = connection.execute(_songs(edition).where(tracks.c.number == number)).first()
            if row is None:
                renamed = _songs(edition).join(former_ids, here & (former_ids.c.track == tracks.c.number))
                row = connection.execute(renamed).first()
        return song_of(row) if row else None

    def facets(self) -> Facets:
        """Return the genres and languages that songs have.

        They are read once per version. While the database is away, those of an older version are returned. Raises
        UpstreamUnavailable if none have been read yet.
        """
        known = self._facets
        if known is None or (known[0] != self.version and self.available):
            with self._open_edition() as (connection, edition):
                known = self._facets = (self.version, read_facets(connection, edition))
        return known[1]

    async def watch(self, probe: Engine) -> None:
        """Read the version every second until cancelled, so that the app notices a new catalogue and a lost database.

        `probe` opens the same database with a short time limit. Without it, a database that hangs would count as
        available until the calls that wait for it give up.
        """
        while True:
            await asyncio.to_thread(self.read_version, probe)
            await asyncio.sleep(WATCH_SECONDS)

    def read_version(self, probe: Engine) -> None:
        """Set `version` to the current one and read its facets if it is new, unless the database does not answer."""
        with suppress(UpstreamUnavailable):
            with self._open_edition(probe):
                pass
            self.facets()

    @contextmanager
    def _open_edition(self, engine: Engine | None = None) -> Iterator[tuple[Connection, int]]:
        try:
            with (engine or self._engine).connect() as connection:
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


def _search_rows(connection: Connection, edition: int, query: Query, after: Position | None, limit: int) -> Rows:
    if query.text is None:
        return connection.execute(_by_id(edition, query, after).limit(limit)).all()
    similar = similar_words(connection, edition, typed_words(query.text))
    limited = after is not None or bool(_query_conditions(query))
    for missing in numbers_missing(similar):
        found = matching_songs(edition, similar, missing)
        rows = connection.execute(_by_relevance(edition, found, query, after, limit)).all()
        # Songs can match and still not be in the rows: those of earlier pages, and those that the filters leave out.
        if rows or (limited and connection.execute(select(found).limit(1)).first()):
            return rows
    return []


def _by_id(edition: int, query: Query, after: Position | None) -> Select[Any]:
    later = [tracks.c.number > int(after.id, 16)] if after else []
    found = _songs(edition, literal(0).label("relevance"))
    return found.where(*_query_conditions(query), *later).order_by(tracks.c.number)


def _by_relevance(edition: int, found: Subquery, query: Query, after: Position | None, limit: int) -> Select[Any]:
    # Limits the page before joining the facts: this reads the facts of one page instead of thousands of songs.
    relevance = cast(found.c.relevance, Integer)  # MariaDB divides integers to decimals
    page = select(found.c.track, relevance.label("relevance"))
    if conditions := _query_conditions(query):
        same_song = (tracks.c.edition == edition) & (tracks.c.number == found.c.track)
        page = page.join(tracks, same_song).where(*conditions)
    if after:
        later = (relevance == after.relevance) & (found.c.track > int(after.id, 16))
        page = page.where(later | (relevance < after.relevance))
    cut = page.order_by(relevance.desc(), found.c.track).limit(limit).subquery("page")
    songs = _songs(edition, cut.c.relevance).join(cut, tracks.c.number == cut.c.track)
    return songs.order_by(cut.c.relevance.desc(), cut.c.track)


def _songs(edition: int, *columns: ColumnElement[int]) -> Select[Any]:
    return select(*_FACTS, *columns).where(tracks.c.edition == edition)


def _query_conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions = _conditions(query.filters)
    if query.mood is not None:
        conditions.append(tracks.c.mood == query.mood.value)
    if query.artist is not None:
        conditions.append(tracks.c.artist_key == spelling_key(query.artist)[:KEY_LENGTH])
    return conditions


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.genres is not None:
        conditions.append(or_(false(), *map(_has_genre, filters.genres)))
    if filters.season is not None:
        conditions.append(tracks.c.season == filters.season)
    if filters.kind is not None:
        conditions.append(tracks.c.kind == filters.kind)
    if filters.language is not None:
        # MariaDB and MySQL ignore trailing spaces when they compare texts.
        conditions.append(tracks.c.language == language_key(filters.language))
    if filters.year_from is not None:
        conditions.append(tracks.c.year >= filters.year_from)
    if filters.year_to is not None:
        conditions.append(tracks.c.year <= filters.year_to)
    if filters.explicit is not None:
        conditions.append(tracks.c.explicit == filters.explicit)
    return conditions


def _has_genre(genre: str) -> ColumnElement[bool]:
    """Keys hold letters, digits and spaces only, none of which means anything to LIKE."""
    key = genre_keys([genre])
    return tracks.c.genre_keys.contains(key) if key else false()


def _listed(filters: Filters) -> list[ColumnElement[bool]]:
    """Lists hold no harmful song, and seasons, hymns and sketches only where they are asked for."""
    conditions: list[ColumnElement[bool]] = [tracks.c.harm.is_(None)]
    if filters.season is None:
        conditions.append(tracks.c.season.is_(None))
    if filters.kind is None:
        conditions.append(tracks.c.kind.is_(None) | (tracks.c.kind == Kind.INSTRUMENTAL))
    return conditions


def _hit(row: Row[Any]) -> Hit:
    track = song_of(row)
    return Hit(track, Position(row.relevance, track.id))
