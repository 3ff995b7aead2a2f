"""A song: its id, its facts and its mood."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.normalisation import normalise
from recommender.domain.scores import Scores
from recommender.domain.spelling import spelling_key


class Length(NamedTuple):
    """The maximum length of a text, in characters."""

    characters: int


@dataclass(frozen=True, slots=True)
class Track:
    """The facts of one song. None means unknown. Each field is also a column of the facts file and of the tables.

    `id` comes from `song_id`. `tag_mood` is the mood that people tagged, `listeners` the artist's number of listeners
    in Last.fm-2k, and `scores` the output of the lyrics model.
    """

    id: str
    artist: Annotated[str, Length(200)]
    title: Annotated[str, Length(300)]
    year: int | None
    genre: Annotated[str | None, Length(200)]
    language: Annotated[str | None, Length(16)]
    explicit: bool | None
    spotify_id: Annotated[str | None, Length(22)]
    tag_mood: Mood | None
    listeners: int | None
    scores: Scores

    @property
    def blended(self) -> Scores:
        """The scores of the lyrics, blended with the mood that people tagged."""
        return self.scores.blended(self.tag_mood)

    @property
    def mood(self) -> Mood:
        """The mood with the highest blended score."""
        return self.blended.mood

    @property
    def artist_key(self) -> str:
        """The key that all spellings of the artist's name share."""
        return spelling_key(self.artist)


def song_id(artist: str, title: str) -> str:
    """Return the id of a song: 12 hex digits, the same for all spellings of its artist and title."""
    name = f"{normalise(artist)}\n{normalise(title)}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]
