"""The result of a source of new songs, and a function that makes a song from the facts that a source knows."""

from collections.abc import Mapping
from typing import NamedTuple

from recommender.catalogue.added_songs import AddedSong
from recommender.catalogue.facts_file import HEADER, read_song
from recommender.domain.marks import harm_of, kind_of, season_of
from recommender.domain.track import Track, song_id


class NewSongs(NamedTuple):
    """New songs by id, one line for each problem, and whether the source could be read at all."""

    songs: dict[str, AddedSong]
    problems: list[str]
    readable: bool = True


def new_song(facts: Mapping[str, str]) -> Track:
    """Return the song with these facts: texts by column name of the facts file, at least `artist` and `title`.

    Its title tells season, kind and harm. Raises a ValueError that names the wrong fact.
    """
    named = {"id": song_id(facts["artist"], facts["title"])}
    title = facts["title"]
    marks = {"season": season_of(title) or "", "kind": kind_of(title) or "", "harm": harm_of(title) or ""}
    return read_song({**dict.fromkeys(HEADER, ""), **facts, **marks, **named})
