"""The result of a source of new songs, and a function that makes a song from the facts that a source knows."""

from collections.abc import Mapping
from typing import NamedTuple

from recommender.catalogue.added_songs import AddedSong
from recommender.catalogue.facts_file import HEADER, read_song
from recommender.domain.scores import Scores
from recommender.domain.track import Track, song_id

# Without lyrics all moods are equally likely: the tagged mood decides.
EVEN = Scores(0.25, 0.25, 0.25, 0.25)


class NewSongs(NamedTuple):
    """New songs by id, one line for each problem, and whether the source could be read at all."""

    songs: dict[str, AddedSong]
    problems: list[str]
    readable: bool = True


def new_song(facts: Mapping[str, str]) -> Track:
    """Return the song with these facts: texts by column name of the facts file, at least `artist` and `title`.

    Without scores, each mood has 0.25. Raises a ValueError that names the wrong fact.
    """
    scores = {mood: str(score) for mood, score in EVEN._asdict().items()}
    named = {"id": song_id(facts["artist"], facts["title"])}
    return read_song({**dict.fromkeys(HEADER, ""), **scores, **facts, **named})
