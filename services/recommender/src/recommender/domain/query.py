"""Questions to the catalogue, and the place of a song in the result."""

from dataclasses import dataclass
from typing import NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.track import Track


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits the songs. None does not filter; a value leaves out songs with another or an unknown value."""

    genre: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search of the catalogue: words of artist and title, an artist in any spelling, a mood, and facts."""

    text: str | None = None
    artist: str | None = None
    mood: Mood | None = None
    filters: Filters = Filters()


# A song found by words has a relevance from 1 to this.
HIGHEST_RELEVANCE = 2000


class Position(NamedTuple):
    """Where a song stands in a result: by falling relevance, then by id. Without a text all relevances are 0."""

    relevance: int
    id: str


class Hit(NamedTuple):
    """A song that a search found, and its position in the result."""

    track: Track
    position: Position
