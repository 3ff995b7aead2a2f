"""Songs and their moods.

What words say: MoodyLyrics (Çano & Morisio 2017). What people tag: NJU-MusicMood (Xue et al. 2015), the quadrants of
Deezer's valence and arousal (Delbouys et al. 2018), and the playlists that songs stand in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from lyrics_mood.tokenizer import words
from musicalface_common.vocabulary import MOODS
from musicalface_training.errors import DatasetError
from musicalface_training.names import song_id
from musicalface_training.tables import find_table, read_table
from recommender.domain.normalisation import normalise

FOLDER = "lyrics"
MOODYLYRICS = "moodylyrics_genius.csv"
NJU = "nju_musicmood_train.csv"
# Where two of them know a song, the first is believed.
TAGGED = (NJU, "deezer_lyrics.csv", "playlist_moods.csv")
WORDED = (MOODYLYRICS, "moodylyrics.csv")
UNJUDGED = ("mirex_clusters.csv", "gems_emotions.csv", "musicmood_happy_sad.csv", "lyrics_pool.csv.xz")
SONG = {"artist": ("artist",), "title": ("title", "song"), "lyrics": ("lyrics", "text")}
COLUMNS = {**SONG, "mood": ("mood", "quadrant")}
UNLABELLED = -1


@dataclass(frozen=True)
class Songs:
    """n songs: their lyrics, int64 (n,) labels (indices into MOODS, or -1), normalised artists, and ids."""

    texts: list[str]
    labels: npt.NDArray[np.int64]
    artists: list[str]
    ids: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, rows: npt.NDArray[np.int64]) -> "Songs":
        """Return the songs of these rows."""
        pick = rows.tolist()
        return Songs(
            [self.texts[row] for row in pick],
            self.labels[rows],
            [self.artists[row] for row in pick],
            [self.ids[row] for row in pick],
        )


def load_songs(data: Path, name: str = MOODYLYRICS) -> Songs:
    """Load a labelled set from `data/lyrics` or `data`, without wordless songs and later twins.

    A twin has the same normalised artist and title, or the same words. Raises DatasetError.
    """
    return load_sets(data, [name])


def load_sets(data: Path, names: Sequence[str]) -> Songs:
    """Load several labelled sets as one, each song once. Raises DatasetError."""
    return _songs(pd.concat([_labelled(data, name) for name in names], ignore_index=True))


def load_all(data: Path) -> Songs:
    """Load every song of any set, each once, labels aside. Raises DatasetError."""
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
