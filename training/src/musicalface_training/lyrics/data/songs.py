"""Songs with lyrics and mood labels, from the sets on disk.

Labels by the words of the lyrics: MoodyLyrics (Çano & Morisio 2017). Labels by people: NJU-MusicMood (Xue et al. 2015),
the quadrants of Deezer's valence and arousal (Delbouys et al. 2018), and the moods of playlists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lyrics_mood.tokenizer import words
from musicalface_common.vocabulary import MOODS
from musicalface_training.arrays import Labels, Rows
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table
from recommender.domain.normalisation import normalise
from recommender.domain.track import song_id

FOLDER = "lyrics"
MOODYLYRICS = "moodylyrics_genius.csv"
NJU = "nju_musicmood_train.csv"
# If two sets label a song, the label of the first counts.
TAGGED = (NJU, "deezer_lyrics.csv", "playlist_moods.csv")
WORDED = (MOODYLYRICS, "moodylyrics.csv")
UNJUDGED = ("mirex_clusters.csv", "gems_emotions.csv", "musicmood_happy_sad.csv", "lyrics_pool.csv.xz")
SONG = {"artist": ("artist",), "title": ("title", "song"), "lyrics": ("lyrics", "text")}
COLUMNS = {**SONG, "mood": ("mood", "quadrant")}
UNLABELLED = -1


@dataclass(frozen=True)
class Songs:
    """n songs: lyrics, labels, int64 (n,) indices into MOODS or -1, normalised artists, and ids."""

    texts: list[str]
    labels: Labels
    artists: list[str]
    ids: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: Rows) -> "Songs":
        """Return the songs of these rows."""
        pick = rows.tolist()
        return Songs(
            [self.texts[row] for row in pick],
            self.labels[rows],
            [self.artists[row] for row in pick],
            [self.ids[row] for row in pick],
        )


def load_songs(data: Path, name: str = MOODYLYRICS) -> Songs:
    """Load a labelled set from `data/lyrics` or `data`, without songs that have no words, and each song once.

    Two rows are one song if they have the same normalised artist and title, or the same words. Raises DatasetError.
    """
    return load_sets(data, [name])


def load_sets(data: Path, names: Sequence[str]) -> Songs:
    """Load several labelled sets as one, as load_songs loads one. Raises DatasetError."""
    return _songs(pd.concat([_labelled(data, name) for name in names], ignore_index=True))


def load_all(data: Path) -> Songs:
    """Load the songs of all sets, each once, without labels. Raises DatasetError."""
    tables = [read_table(find_table(data, FOLDER, name), SONG) for name in (*TAGGED, *WORDED, *UNJUDGED)]
    return _songs(pd.concat(tables, ignore_index=True).assign(label=UNLABELLED))


def _labelled(data: Path, name: str) -> pd.DataFrame:
    path = find_table(data, FOLDER, name)
    table = read_table(path, COLUMNS)
    unknown = set(table["mood"]) - set(MOODS)
    if unknown:
        raise DatasetError(f"{path} has moods other than {', '.join(MOODS)}: {', '.join(sorted(unknown))}")
    return table.assign(label=[MOODS.index(mood) for mood in table["mood"]])


def _songs(table: pd.DataFrame) -> Songs:
    names = zip(table["artist"], table["title"], strict=True)
    table = table.assign(
        id=[song_id(*name) for name in names], words=[" ".join(words(text)) for text in table["lyrics"]]
    )
    table = table[table["words"] != ""].drop_duplicates("id").drop_duplicates("words")
    labels = table["label"].to_numpy(np.int64)
    return Songs(list(table["lyrics"]), labels, [normalise(name) for name in table["artist"]], list(table["id"]))
