"""Reads songs from the catalogue's database."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Subquery, false, literal, or_, select
from sqlalchemy.exc import SQLAlchemyError

from musicalface_common.errors import UpstreamUnavailable
from musicalface_common.vocabulary import Mood
from recommender.catalogue.edition import Edition, current_edition
from recommender.catalogue.rows import genre_keys, song_of
from recommender.catalogue.search import answers, meanings
from recommender.catalogue.tables import KEY_LENGTH, former_ids, tracks
from recommender.domain.facts import COLUMNS
from recommender.domain.likeness import typed_words
from recommender.domain.normalisation import artist_key
from recommender.domain.query import Filters, Hit, Position, Query
from recommender.domain.track import Kind, Track

WATCH_SECONDS = 5.0

_FACTS = [tracks.c[name] for name in ("number", *COLUMNS)]
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
                .where(tracks.c.mood == mood.value, *_listed(filters), *_conditions(filters))
                .order_by(tracks.c.strength.desc(), tracks.c.number)
            )
            return [song_of(row) for row in connection.execute(strongest.limit(limit))]

    def sample(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return `limit` songs of a mood that lists may hold, of all strengths. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            found = _songs(edition).where(tracks.c.mood == mood.value, *_listed(filters), *_conditions(filters))
            rows = connection.execute(found.order_by(tracks.c.number).limit(limit))  # an id is a hash
            return [song_of(row) for row in rows]

    def search(self, query: Query, after: Position | None, limit: int) -> list[Hit]:
        """Return the first `limit` songs of a query's result after a position. Raises UpstreamUnavailable."""
        with self._reading() as (connection, edition):
            return [_hit(row) for row in _found(connection, edition, query, after, limit)]

    def track(self, track_id: str) -> Track | None:
        """Return the song with an id of 12 hex digits, now or before, or None. Raises UpstreamUnavailable."""
        number = int(track_id, 16)
        here = (former_ids.c.edition == tracks.c.edition) & (former_ids.c.number == number)
        with self._reading() as (connection, edition):
            row = connection.execute(_songs(edition).where(tracks.c.number == number)).first()
            if row is None:
                renamed = _songs(edition).join(former_ids, here & (former_ids.c.track == tracks.c.number))
                row = connection.execute(renamed).first()
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
    meant = [meanings(connection, edition, word) for word in typed_words(query.text)]
    if not (meant and all(each.songs for each in meant)):  # a text without letters and digits finds nothing
        return []
    return connection.execute(_by_likeness(edition, answers(edition, meant), query, after, limit)).all()


def _by_id(edition: int, query: Query, after: Position | None) -> Select[Any]:
    later = [tracks.c.number > int(after.id, 16)] if after else []
    found = _songs(edition, literal(0).label("likeness"))
    return found.where(*_query_conditions(query), *later).order_by(tracks.c.number)


def _by_likeness(edition: int, found: Subquery, query: Query, after: Position | None, limit: int) -> Select[Any]:
    # Cut the page before joining the facts: this reads the facts of one page instead of thousands of songs.
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
    if filters.genres is not None:
        conditions.append(or_(false(), *map(_has_genre, filters.genres)))
    if filters.season is not None:
        conditions.append(tracks.c.season == filters.season)
    if filters.kind is not None:
        conditions.append(tracks.c.kind == filters.kind)
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
    return Hit(track, Position(int(row.likeness), track.id))  # MariaDB returns sums as decimals
