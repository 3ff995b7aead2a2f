"""Songs with a mood that people gave them, as the truth that lists are measured against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table
from recommender.domain.track import Track, song_id

FOLDER = "lyrics"
PLAYLISTS = "playlist_moods.csv"


@dataclass(frozen=True)
class Rated:
    """n songs of the catalogue, and the mood that people gave each; tracks have no tag mood if tags are the truth."""

    title: str
    tracks: list[Track]
    moods: list[Mood]

    def __len__(self) -> int:
        return len(self.tracks)

    def take(self, rows: Sequence[int]) -> "Rated":
        """Return the songs of these rows."""
        return Rated(self.title, [self.tracks[row] for row in rows], [self.moods[row] for row in rows])

    def rows_by_artist(self) -> list[list[int]]:
        """Return the row numbers of each artist."""
        rows: dict[str, list[int]] = {}
        for row, track in enumerate(self.tracks):
            rows.setdefault(track.artist_key, []).append(row)
        return list(rows.values())


def by_playlists(tracks: Sequence[Track], data: Path) -> Rated:
    """Rate songs by their playlist's mood, except songs in playlists of several moods. Raises DatasetError."""
    path = find_table(data, FOLDER, PLAYLISTS)
    table = read_table(path, {name: (name,) for name in ("artist", "title", "mood")})
    unknown = set(table["mood"]) - set(MOODS)
    if unknown:
        raise DatasetError(f"{path} has moods other than {', '.join(MOODS)}: {', '.join(sorted(unknown))}")
    table["id"] = [song_id(*names) for names in zip(table["artist"], table["title"], strict=True)]
    moods = {str(of_song): set(rows["mood"]) for of_song, rows in table.groupby("id")}
    return _rated("playlists", tracks, {of_song: Mood(*said) for of_song, said in moods.items() if len(said) == 1})


def by_tags(tracks: Sequence[Track]) -> Rated:
    """Rate songs by the mood that people tagged, and remove the tag from the tracks."""
    moods = {track.id: track.tag_mood for track in tracks if track.tag_mood is not None}
    return _rated("tags", [replace(track, tag_mood=None) for track in tracks], moods)


def halves(rated: Rated, seed: int = 0) -> tuple[Rated, Rated]:
    """Divide songs into two halves, each artist in one of them."""
    artists = rated.rows_by_artist()
    order = np.random.default_rng(seed).permutation(len(artists))
    parts = order[: len(order) // 2], order[len(order) // 2 :]
    one, other = (rated.take([row for artist in part for row in artists[artist]]) for part in parts)
    return one, other


def resample(rated: Rated, random: np.random.Generator) -> Rated:
    """Draw artists with replacement, as many as there are. An artist drawn twice counts as two artists."""
    artists = rated.rows_by_artist()
    drawn = random.integers(len(artists), size=len(artists))
    copies = [(copy, row) for copy, artist in enumerate(drawn) for row in artists[artist]]
    return Rated(
        rated.title,
        [_copy(rated.tracks[row], copy) for copy, row in copies],
        [rated.moods[row] for _, row in copies],
    )


def _rated(title: str, tracks: Sequence[Track], moods: dict[str, Mood]) -> Rated:
    known = [track for track in tracks if track.id in moods]
    if not known:
        raise DatasetError(f"no song of the catalogue has its mood from {title}")
    return Rated(title, known, [moods[track.id] for track in known])


def _copy(track: Track, copy: int) -> Track:
    return replace(track, id=f"{track.id} {copy}", artist=f"{track.artist} {copy}")
