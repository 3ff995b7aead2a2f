"""What every source of new songs returns, and how it makes a song of the facts that it knows."""

from collections.abc import Mapping
from typing import NamedTuple

from recommender.catalogue.added_songs import AddedSong
from recommender.catalogue.facts_file import HEADER, read_song
from recommender.domain.scores import Scores
from recommender.domain.track import Track, song_id

# Without lyrics all moods are equally likely: the tagged mood decides.
EVEN = Scores(0.25, 0.25, 0.25, 0.25)


class NewSongs(NamedTuple):
    """Songs by id, a line for each problem, and whether the source could be read."""

    songs: dict[str, AddedSong]
    problems: list[str]
    readable: bool = True


def new_song(facts: Mapping[str, str]) -> Track:
    """Return the song of the known facts, given by the names of the facts file: at least artist and title.

    Without scores they are even. Raises ValueError that names the wrong fact.
    """
    scores = {mood: str(score) for mood, score in EVEN._asdict().items()}
    named = {"id": song_id(facts["artist"], facts["title"])}
    return read_song({**dict.fromkeys(HEADER, ""), **scores, **facts, **named})
