"""A song as facts, how it scores in the four moods, and which songs are asked for."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.belief import believed
from recommender.domain.text import artist_key


class Scores(NamedTuple):
    """Scores of the four moods, in the order of `MOODS`; not negative."""

    angry: float
    sad: float
    happy: float
    relaxed: float

    @classmethod
    def pure(cls, mood: Mood) -> Self:
        """Make the scores of one mood alone."""
        return cls(*(float(other is mood) for other in MOODS))

    @property
    def mood(self) -> Mood:
        """The mood of the highest score, the first of equals."""
        return MOODS[self.index(max(self))]

    def shares(self) -> "Scores":
        """Return the scores scaled to sum to 1. At least one must be positive; none may be infinite."""
        highest = max(self)
        scaled = [score / highest for score in self]  # first, so that the sum of huge scores stays finite
        return Scores(*(score / sum(scaled) for score in scaled))


@dataclass(frozen=True, slots=True)
class Track:
    """The facts of one song; None where unknown.

    `id` is 12 hex digits, `scores` what the lyrics model found, `tag_mood` what people tagged it with, and `listeners`
    how many of Last.fm's sample of listeners play the artist.
    """

    id: str
    artist: str
    title: str
    year: int | None
    genre: str | None
    language: str | None
    explicit: bool | None
    spotify_id: str | None
    tag_mood: Mood | None
    listeners: int | None
    scores: Scores

    @property
    def believed(self) -> Scores:
        """What its lyrics say and what people tagged, blended."""
        return believed(self.scores, self.tag_mood)

    @property
    def mood(self) -> Mood:
        """The strongest of the believed moods."""
        return self.believed.mood

    @property
    def artist_key(self) -> str:
        """What all spellings of the artist's name share."""
        return artist_key(self.artist)


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrow the catalogue; None lets all songs through, a value none of those whose fact is unknown."""

    genre: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    explicit: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A search of the catalogue: each word of `text` is like one of artist or title, and all else holds."""

    text: str | None = None
    artist: str | None = None
    mood: Mood | None = None
    filters: Filters = Filters()


class Position(NamedTuple):
    """Where a song stands in an answer: the more alike the earlier, then by id. Without a text all are 0 alike."""

    likeness: int
    id: str


class Hit(NamedTuple):
    """A song that a search found, and where it stands."""

    track: Track
    position: Position
