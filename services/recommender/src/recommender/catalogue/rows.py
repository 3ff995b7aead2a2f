"""Converts songs to rows of the tables, and rows to songs."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from recommender.catalogue.tables import KEY_LENGTH
from recommender.domain.facts import FACTS, NAME_SEPARATOR, SCORE_FACTS, join_names
from recommender.domain.normalisation import normalise
from recommender.domain.scores import Scores
from recommender.domain.track import Track

_NAMES = [fact.name for fact in FACTS]
_facts = attrgetter(*_NAMES)
_scores = {fact: attrgetter(*fact.columns) for fact in SCORE_FACTS}
# Unknown scores in the database: the columns of the lyrics' scores cannot be NULL since the first migration.
_UNKNOWN = Scores(0, 0, 0, 0)


def song_number(song: Track) -> int:
    """Return a song's id as an integer, the column `number` of its row."""
    return int(song.id, 16)


def genre_keys(genres: Iterable[str]) -> str:
    """Return genres in the form in which the table holds them, so that one of them can be looked for between signs."""
    keys = join_names(key for key in map(normalise, genres) if key)
    return f"{NAME_SEPARATOR}{keys[: KEY_LENGTH - 2]}{NAME_SEPARATOR}" if keys else ""


def fact_row(song: Track) -> dict[str, Any]:
    """Return the values of the columns that all tables of songs share: number, facts and scores."""
    facts = zip(_NAMES, _facts(song), strict=True)
    scores = ((fact.columns, getattr(song, fact.name) or _UNKNOWN) for fact in SCORE_FACTS)
    written = {column: score for columns, row in scores for column, score in zip(columns, row, strict=True)}
    return {"number": song_number(song), **dict(facts), "genre": song.genre, **written}


def song_of(row: Row[Any]) -> Track:
    """Return the song of a row."""
    facts: dict[str, Any] = dict(zip(_NAMES, _facts(row), strict=True))
    for fact, read in _scores.items():
        values = read(row)
        facts[fact.name] = Scores(*values) if any(values) else None
    return Track(id=f"{row.number:012x}", **facts)
