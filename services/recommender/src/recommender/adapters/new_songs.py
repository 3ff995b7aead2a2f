"""What all sources of new songs give."""

from collections.abc import Mapping
from typing import NamedTuple

from recommender.adapters.facts import HEADER, read_song
from recommender.domain.song_id import song_id
from recommender.domain.track import Scores, Track

# Without lyrics all moods are as likely: what people say of the song decides.
EVEN = Scores(0.25, 0.25, 0.25, 0.25)


class Addition(NamedTuple):
    """A song and what it was found in: a file's name or a service's."""

    song: Track
    source: str


class Gathered(NamedTuple):
    """Songs by id, in words what was left out and why, and whether there was a source to read at all."""

    songs: dict[str, Addition]
    problems: list[str]
    readable: bool = True


def new_song(facts: Mapping[str, str]) -> Track:
    """Return the song of what is known, by the facts file's names: artist and title at least.

    Without scores they are even. Raises ValueError that says what is no fact.
    """
    scores = {mood: str(score) for mood, score in EVEN._asdict().items()}
    named = {"id": song_id(facts["artist"], facts["title"])}
    return read_song({**dict.fromkeys(HEADER, ""), **scores, **facts, **named})
