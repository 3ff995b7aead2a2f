"""Songs labelled with a mood: MoodyLyrics (Çano & Morisio 2017) and NJU-MusicMood (Xue et al. 2015)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from lyrics_mood.tokenizer import words
from musicalface_common.vocabulary import MOODS
from musicalface_training.errors import DatasetError
from musicalface_training.names import song_id
from musicalface_training.tables import find_table, read_table
from recommender.domain.text import normalise

FOLDER = "lyrics"
MOODYLYRICS = "moodylyrics_genius.csv"
NJU = "nju_musicmood_train.csv"
COLUMNS = {"artist": ("artist",), "title": ("title", "song"), "mood": ("mood",), "lyrics": ("lyrics", "text")}


@dataclass(frozen=True)
class Songs:
    """n songs: their lyrics, int64 (n,) labels (indices into MOODS), normalised artists, and ids."""

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
    path = find_table(data, FOLDER, name)
    table = read_table(path, COLUMNS)
    unknown = set(table["mood"]) - set(MOODS)
    if unknown:
        raise DatasetError(f"{path} has moods other than {', '.join(MOODS)}: {', '.join(sorted(unknown))}")
    table["id"] = [song_id(*names) for names in zip(table["artist"], table["title"], strict=True)]
    table["words"] = [" ".join(words(text)) for text in table["lyrics"]]
    table = table[table["words"] != ""].drop_duplicates("id").drop_duplicates("words")
    labels = np.array([MOODS.index(mood) for mood in table["mood"]], np.int64)
    return Songs(list(table["lyrics"]), labels, [normalise(name) for name in table["artist"]], list(table["id"]))
