"""A song: its id, its facts and its mood."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.belief import TAG_VOTES, believed
from recommender.domain.normalisation import normalise
from recommender.domain.scores import Scores
from recommender.domain.spelling import spelling_key


class Length(NamedTuple):
    """The maximum length of a text, in characters."""

    characters: int


class Kind(StrEnum):
    """What a recording is, where it is not simply a song with words."""

    INSTRUMENTAL = "instrumental"
    HYMN = "hymn"
    SKETCH = "sketch"


class Season(StrEnum):
    """The time of the year that a song is for."""

    CHRISTMAS = "christmas"
    HALLOWEEN = "halloween"
    NEW_YEAR = "new-year"


class Harm(StrEnum):
    """The worst that a song speaks for."""

    SEXUAL_VIOLENCE = "sexual-violence"
    HATRED = "hatred"
    KILLING = "killing"
    SUICIDE = "suicide"


@dataclass(frozen=True, slots=True)
class Track:
    """The facts of one song. None means unknown. Each field is also a column of the facts file and of the tables.

    `id` is the song's `song_id`, and `former_ids` are ids that it had under other spellings. `genres` are up to three,
    the main one first. `tag_mood` is the one mood that people gave the song, where they agree; `people` are the scores
    of all that people said of its mood, and `votes` how many words that is worth. `listeners` is the number of
    listeners of the artist in Last.fm's sample. `chart_peak` is the song's best place in the Hot 100, and
    `chart_weeks` its weeks there. `kind`, `season` and `harm` are None for a song that needs no mark. `scores` are the
    output of the lyrics model.
    """

    id: str
    artist: Annotated[str, Length(200)]
    title: Annotated[str, Length(300)]
    year: int | None
    genres: Annotated[tuple[str, ...], Length(200)]
    language: Annotated[str | None, Length(16)]
    explicit: bool | None
    spotify_id: Annotated[str | None, Length(22)]
    deezer_id: Annotated[str | None, Length(16)]
    tag_mood: Mood | None
    listeners: int | None
    chart_peak: int | None
    chart_weeks: int | None
    kind: Kind | None
    season: Season | None
    harm: Harm | None
    former_ids: Annotated[tuple[str, ...], Length(200)]
    votes: int | None
    people: Scores | None
    scores: Scores | None

    @property
    def belief(self) -> Scores | None:
        """What is believed of the song's mood, from people and lyrics. None where neither says anything."""
        if self.people:
            return believed(self.people, self.votes or 0, self.scores)
        return believed(Scores.pure(self.tag_mood) if self.tag_mood else None, TAG_VOTES, self.scores)

    @property
    def mood(self) -> Mood | None:
        """The mood with the highest believed score, None for a song of unknown mood."""
        return self.belief.mood if self.belief else None

    @property
    def genre(self) -> str | None:
        """The main genre."""
        return self.genres[0] if self.genres else None

    @property
    def is_listed(self) -> bool:
        """Whether lists may hold the song unasked: its mood is known, and it is an ordinary song that does no harm."""
        special = self.season or self.harm or self.kind in (Kind.HYMN, Kind.SKETCH)
        return self.belief is not None and not special

    @property
    def artist_key(self) -> str:
        """The key that all spellings of the artist's name share."""
        return spelling_key(self.artist)


def song_id(artist: str, title: str) -> str:
    """Return the id of a song: 12 hex digits, the same for all spellings of its artist and title."""
    name = f"{normalise(artist)}\n{normalise(title)}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]
