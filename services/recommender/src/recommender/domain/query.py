"""Queries to the catalogue, and the position of a song in the result."""

from dataclasses import dataclass
from typing import NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.track import Kind, Season, Track


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits the songs by their facts. None sets no limit; a limit also leaves out songs whose fact is unknown.

    A song passes `genres` with one of them. Lists hold songs of a season, hymns and sketches only where they are asked
    for by `season` or `kind`.
    """

    genres: tuple[str, ...] | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None
    season: Season | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search of the catalogue: words of artist and title, an artist in any spelling, a mood, and facts."""

    text: str | None = None
    artist: str | None = None
    mood: Mood | None = None
    filters: Filters = Filters()


# The relevance of a song that was found by words is between 1 and this.
HIGHEST_RELEVANCE = 2000


class Position(NamedTuple):
    """The sort key of a song in a result: highest relevance first, then by id. Without a text, relevance is 0."""

    relevance: int
    id: str


class Hit(NamedTuple):
    """A song that a search found, and its position in the result."""

    track: Track
    position: Position
