"""Converts songs to rows of the tables, and rows to songs."""

from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from musicalface_common.vocabulary import MOODS
from recommender.domain.facts import FACTS
from recommender.domain.scores import Scores
from recommender.domain.track import Track

_NAMES = [fact.name for fact in FACTS]
_facts = attrgetter(*_NAMES)
_scores = attrgetter(*(mood.value for mood in MOODS))


def song_number(song: Track) -> int:
    """Return a song's id as an integer, the column `number` of its row."""
    return int(song.id, 16)


def fact_row(song: Track) -> dict[str, Any]:
    """Return the values of the columns that all tables of songs share: number, facts and scores."""
    facts = zip(_NAMES, _facts(song), strict=True)
    return {"number": song_number(song), **dict(facts), **song.scores._asdict()}


def song_of(row: Row[Any]) -> Track:
    """Return the song that a row describes."""
    facts = zip(_NAMES, _facts(row), strict=True)
    return Track(id=f"{row.number:012x}", scores=Scores(*_scores(row)), **dict(facts))
