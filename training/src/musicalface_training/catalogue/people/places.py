"""Songs' places of valence and arousal (Deezer's set, Delbouys et al. 2018), and the moods that these mean."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from musicalface_common.vocabulary import MOODS
from musicalface_training.catalogue.people.words import Votes
from musicalface_training.errors import DatasetError
from musicalface_training.tables import find_table, read_table

FOLDER = "lyrics"
PLACES = "deezer_valence_arousal.csv"
COLUMNS = {
    **{name: (name,) for name in ("artist", "title", "valence", "arousal")},
    "deezer_id": ("dzr_sng_id", "deezer_id"),
}
# Songs with fewer words do not teach what a place means.
FEWEST_WORDS = 1
REGULARISATION = 10.0


class Placed(NamedTuple):
    """A song, its Deezer id, and its place: float64 (2,), valence and arousal."""

    artist: str
    title: str
    deezer_id: str
    place: Votes


def read_places(data: Path) -> list[Placed]:
    """Read `data/lyrics/deezer_valence_arousal.csv`. Raises DatasetError."""
    path = find_table(data, FOLDER, PLACES)
    table = read_table(path, COLUMNS)
    try:
        places = table[["valence", "arousal"]].astype(float).to_numpy()
    except ValueError as error:
        raise DatasetError(f"{path} has a valence or arousal that is no number: {error}") from error
    return [Placed(*song) for song in zip(table["artist"], table["title"], table["deezer_id"], places, strict=True)]


class PlaceMoods:
    """The share of each mood in listeners' words by place: multinomial logistic regression of second degree.

    Near a border between two moods both get a share. Quadrants around zero would not do: calm songs lie at a negative
    valence as often as at a positive one.
    """

    def __init__(self, places: Votes, votes: Votes) -> None:
        """Learn from places (n, 2) of songs, and the words for them by mood (n, 4)."""
        kept = votes.sum(axis=1) >= FEWEST_WORDS
        shares = votes[kept] / votes[kept].sum(axis=1, keepdims=True)
        rows, moods = np.nonzero(shares)
        self._model = LogisticRegression(C=REGULARISATION, max_iter=1000)
        self._model.fit(_terms(places[kept])[rows], moods, sample_weight=shares[rows, moods])

    def shares(self, places: Votes) -> Votes:
        """Return the shares of the moods at n places, (n, 4)."""
        found = np.zeros((len(places), len(MOODS)))
        if len(places):
            found[:, self._model.classes_] = self._model.predict_proba(_terms(places))
        return found


def _terms(places: Votes) -> Votes:
    valence, arousal = places.T
    return np.column_stack([valence, arousal, valence**2, arousal**2, valence * arousal])
