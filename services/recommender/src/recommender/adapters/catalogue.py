"""Questions to the catalogue's database."""

from typing import Any

import structlog
from sqlalchemy import ColumnElement, Engine, Row, Select, false, select
from sqlalchemy.exc import SQLAlchemyError

from musicalface_common.errors import UpstreamUnavailable
from musicalface_common.vocabulary import Mood
from recommender.adapters.database import tracks
from recommender.domain.text import artist_key, normalise
from recommender.domain.track import Filters, Query, Scores, Track

log = structlog.get_logger("musicalface.catalogue")

_FACTS = (
    tracks.c.id,
    tracks.c.artist,
    tracks.c.title,
    tracks.c.year,
    tracks.c.genre,
    tracks.c.language,
    tracks.c.spotify_id,
    tracks.c.angry,
    tracks.c.sad,
    tracks.c.happy,
    tracks.c.relaxed,
)


class Catalogue:
    """The catalogue as of one version. `available` says how its database did last."""

    def __init__(self, engine: Engine, version: str) -> None:
        self.version = version
        self.available = True
        self._engine = engine

    def candidates(self, mood: Mood, filters: Filters, limit: int) -> list[Track]:
        """Return the songs that are strongest in a mood, the strongest first. Raises UpstreamUnavailable."""
        conditions = (tracks.c.mood == mood.value, *_conditions(filters))
        return self._read(
            select(*_FACTS).where(*conditions).order_by(tracks.c.strength.desc(), tracks.c.id).limit(limit)
        )

    def search(self, query: Query, after: str | None, limit: int) -> list[Track]:
        """Return the first songs that a query finds after an id, by id. Raises UpstreamUnavailable."""
        conditions = [*_conditions(query.filters), *_text_conditions(query)]
        if query.mood is not None:
            conditions.append(tracks.c.mood == query.mood.value)
        if after is not None:
            conditions.append(tracks.c.id > after)
        return self._read(select(*_FACTS).where(*conditions).order_by(tracks.c.id).limit(limit))

    def _read(self, statement: Select[*tuple[Any, ...]]) -> list[Track]:
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(statement).all()
        except SQLAlchemyError as error:
            self._note_failure(error)
            raise UpstreamUnavailable("the catalogue's database does not answer") from error
        self.available = True
        return [_track(row) for row in rows]

    def _note_failure(self, error: SQLAlchemyError) -> None:
        if self.available:
            log.warning("database away", error=type(error).__name__)
        self.available = False


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.genre is not None:
        conditions.append(tracks.c.genre_key == normalise(filters.genre))
    if filters.language is not None:
        conditions.append(tracks.c.language == filters.language.casefold())
    if filters.year_from is not None:
        conditions.append(tracks.c.year >= filters.year_from)
    if filters.year_to is not None:
        conditions.append(tracks.c.year <= filters.year_to)
    return conditions


def _text_conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.text is not None:
        words = normalise(query.text).split()
        # Words are letters and digits: no wildcard is among them. Signs alone find nothing, rather than all.
        conditions += [tracks.c.search.contains(word) for word in words] or [false()]
    if query.artist is not None:
        conditions.append(tracks.c.artist_key == artist_key(query.artist))
    return conditions


def _track(row: Row[*tuple[Any, ...]]) -> Track:
    scores = Scores(row.angry, row.sad, row.happy, row.relaxed)
    return Track(row.id, row.artist, row.title, row.year, row.genre, row.language, row.spotify_id, scores)
