"""FERPlus' votes: read row by row, and counted by the protocol of its authors."""

from pathlib import Path

import numpy as np
import pytest

from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import Faces, Fer2013
from musicalface_training.face.data.ferplus import COLUMNS, UNDECIDED, distribution, load_ferplus, majority

HEADER = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
ROWS = (
    "Training,fer0.png,4,0,0,1,3,2,0,0,0,0",
    "PublicTest,fer1.png,0,10,0,0,0,0,0,0,0,0",
    "PrivateTest,,0,0,0,0,0,0,0,0,0,10",
)
# angry, disgust, fear, happy, sad, surprise, neutral, contempt, unknown, no face
NOBODY = [0] * len(COLUMNS)


def votes(**counts: int) -> list[int]:
    return [counts.get(name, 0) for name in COLUMNS]


def faces(*counts: int) -> Fer2013:
    return Fer2013(*(Faces(np.zeros((n, 48, 48), np.uint8), np.zeros(n, np.int64)) for n in counts))


def write(folder: Path, *rows: str) -> Path:
    (folder / "fer2013new.csv").write_text("\n".join((HEADER, *rows)))
    return folder


def test_votes_come_in_our_order_by_split(tmp_path: Path) -> None:
    found = load_ferplus(write(tmp_path, *ROWS), faces(1, 1, 1))
    assert found.train.tolist() == [[3, 2, 0, 0, 1, 0, 4, 0, 0, 0]]
    assert found.public.tolist() == [votes(happiness=10)]
    assert found.private.tolist() == [votes(nf=10)]


def test_votes_for_another_number_of_pictures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="has 1 rows for train, FER2013 has 2"):
        load_ferplus(write(tmp_path, *ROWS), faces(2, 1, 1))


def test_votes_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no whole numbers"):
        load_ferplus(write(tmp_path, ROWS[0].replace(",4,", ",many,"), *ROWS[1:]), faces(1, 1, 1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"fer2013new\.csv"):
        load_ferplus(tmp_path, faces(1, 1, 1))


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (votes(happiness=6, neutral=4), 3),
        (votes(happiness=5, neutral=5), UNDECIDED),
        # Without the single vote, five of nine are more than half.
        (votes(happiness=5, neutral=4, fear=1), 3),
        (votes(unknown=6, happiness=4), UNDECIDED),
        (votes(nf=10), UNDECIDED),
        (votes(contempt=8, neutral=2), 7),
        (votes(anger=1, fear=1), UNDECIDED),
        (NOBODY, UNDECIDED),
    ],
)
def test_a_row_counts_if_more_than_half_of_the_remaining_votes_agree(row: list[int], label: int) -> None:
    assert majority(np.array([row])).tolist() == [label]


def test_the_distribution_is_over_emotions_only() -> None:
    spread = distribution(np.array([votes(happiness=3, neutral=3, fear=1, unknown=3), votes(nf=10)]))
    assert spread.tolist() == [[0, 0, 0, 0.5, 0, 0, 0.5, 0], [0] * 8]
    assert spread.dtype == np.float32
