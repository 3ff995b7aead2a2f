"""FER2013 read from each of its forms on disk, and the errors for broken or missing files."""

import lzma
from pathlib import Path

import cv2
import numpy as np
import pytest

from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import load_fer2013

PIXELS = 48 * 48


def _row(emotion: int, grey: int, usage: str) -> str:
    return f"{emotion},{' '.join([str(grey)] * PIXELS)},{usage}"


ROWS = [_row(3, 7, "Training"), _row(0, 8, "Training"), _row(6, 9, "PublicTest"), _row(1, 10, "PrivateTest")]
KAGGLE = "\n".join(["emotion,pixels,Usage", *ROWS])


def _write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    (folder / name).write_bytes(lzma.compress(content) if name.endswith(".xz") else content)
    return folder


@pytest.mark.parametrize("name", ["fer2013.csv", "fer2013.csv.xz"])
@pytest.mark.parametrize("below", ["", "fer2013"])
def test_kaggles_file_is_read_plain_or_compressed(tmp_path: Path, name: str, below: str) -> None:
    _write(tmp_path / below, name, KAGGLE)
    data = load_fer2013(tmp_path)
    assert [len(split) for split in (data.train, data.public, data.private)] == [2, 1, 1]
    assert data.train.labels.tolist() == [3, 0]
    assert data.private.crops.shape == (1, 48, 48)
    assert np.all(data.private.crops == 10)


def test_the_competitions_own_spelling_is_read(tmp_path: Path) -> None:
    rows = [",".join((row.split(",")[0], row.split(",")[2], row.split(",")[1])) for row in ROWS]
    data = load_fer2013(_write(tmp_path, "icml_face_data.csv", "\n".join(["emotion, Usage, pixels", *rows])))
    assert data.public.labels.tolist() == [6]


def test_folders_are_read_by_name_and_a_tenth_is_held_out(tmp_path: Path) -> None:
    for split, count in (("train", 10), ("test", 1)):
        for label, emotion in enumerate(SEVEN_EMOTIONS):
            folder = tmp_path / split / emotion
            folder.mkdir(parents=True)
            for number in range(count):
                cv2.imwrite(str(folder / f"{number}.png"), np.full((48, 48), label * 30, np.uint8))
    data = load_fer2013(tmp_path)
    assert [len(split) for split in (data.train, data.public, data.private)] == [63, 7, 7]
    for part in (data.train, data.public, data.private):
        assert (part.crops[:, 0, 0] == part.labels * 30).all()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("emotion,Usage\n3,Training", "lacks the columns pixels"),
        (KAGGLE.replace(ROWS[3], ""), "needs rows of each usage"),
        (KAGGLE.replace("6,", "7,", 1), "labels outside 0 to 6"),
        (KAGGLE.replace("9 9 ", "9 "), "a row of"),
        (KAGGLE.replace("10 10", "10 300", 1), "pixels that are no numbers from 0 to 255"),
        (KAGGLE.replace("10 10", "10 ten", 1), "pixels that are no numbers from 0 to 255"),
        ("", "cannot be read"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(DatasetError, match=complaint):
        load_fer2013(_write(tmp_path, "fer2013.csv", text))


def test_an_error_for_an_empty_folder_lists_the_names_that_were_looked_for(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no FER2013 .* looked for fer2013\.csv"):
        load_fer2013(tmp_path)


def test_a_picture_of_another_size_is_named(tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / split / "angry").mkdir(parents=True)
        cv2.imwrite(str(tmp_path / split / "angry" / "big.png"), np.zeros((96, 96), np.uint8))
    with pytest.raises(DatasetError, match=r"big\.png is not a 48x48 picture"):
        load_fer2013(tmp_path)
