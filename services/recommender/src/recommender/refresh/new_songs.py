"""What every source of new songs returns, and how it makes a song of the facts that it knows."""

from collections.abc import Mapping
from typing import NamedTuple

from recommender.catalogue.added_songs import AddedSong
from recommender.catalogue.facts_file import HEADER, read_song
from recommender.domain.marks import harm_of, kind_of, season_of
from recommender.domain.track import Track, song_id


class NewSongs(NamedTuple):
    """Songs by id, a line for each problem, and whether the source could be read."""

    songs: dict[str, AddedSong]
    problems: list[str]
    readable: bool = True


def new_song(facts: Mapping[str, str]) -> Track:
    """Return the song of the known facts, given by the names of the facts file: at least artist and title.

    Its title tells season, kind and harm. Raises ValueError that names the wrong fact.
    """
    named = {"id": song_id(facts["artist"], facts["title"])}
    title = facts["title"]
    marks = {"season": season_of(title) or "", "kind": kind_of(title) or "", "harm": harm_of(title) or ""}
    return read_song({**dict.fromkeys(HEADER, ""), **facts, **marks, **named})
