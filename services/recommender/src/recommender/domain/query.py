"""Questions to the catalogue, and the place of a song in the result."""

from dataclasses import dataclass
from typing import NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.track import Kind, Season, Track


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits the songs. None does not filter; a value leaves out songs with another or an unknown value.

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
    """A search of the catalogue. Each word of `text` must be like a word of the artist or title."""

    text: str | None = None
    artist: str | None = None
    mood: Mood | None = None
    filters: Filters = Filters()


class Position(NamedTuple):
    """Where a song stands in a result: by falling likeness, then by id. Without a text all likenesses are 0."""

    likeness: int
    id: str


class Hit(NamedTuple):
    """A song that a search found, and its position in the result."""

    track: Track
    position: Position
