"""FER2013 (Goodfellow et al. 2013) from disk: either of Kaggle's CSV files, plain or .xz, or folders of pictures."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
from tqdm import tqdm

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_common.vocabulary import SEVEN_EMOTIONS
from musicalface_training.arrays import Labels, Pixels, Rows
from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table

CSV_NAMES = ("fer2013.csv", "fer2013.csv.xz", "icml_face_data.csv", "icml_face_data.csv.xz")
CSV_SPLITS = {"Training": "train", "PublicTest": "public", "PrivateTest": "private"}
LABELS = [str(label) for label in range(len(SEVEN_EMOTIONS))]
PICTURES = {".jpg", ".jpeg", ".png"}


class SplitName(StrEnum):
    """The splits that nothing is trained on: choices are made on PUBLIC, results are reported on PRIVATE."""

    PUBLIC = "PublicTest"
    PRIVATE = "PrivateTest"


@dataclass(frozen=True)
class Faces:
    """uint8 (n, 48, 48) grey crops and int64 (n,) labels, indices into SEVEN_EMOTIONS."""

    crops: Pixels
    labels: Labels

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: Rows) -> "Faces":
        """Return the faces of these rows."""
        return Faces(self.crops[rows], self.labels[rows])


@dataclass(frozen=True)
class Fer2013:
    """The three splits. Folders of pictures have no PublicTest: a tenth of their train pictures replaces it."""

    train: Faces
    public: Faces
    private: Faces


def load_fer2013(data: Path) -> Fer2013:
    """Load FER2013 from `data/fer2013` or `data`. Raises DatasetError that lists the file names that it looked for."""
    for folder in (data / "fer2013", data):
        for name in CSV_NAMES:
            if (folder / name).is_file():
                return _from_csv(folder / name)
        if (folder / "train").is_dir() and (folder / "test").is_dir():
            return _from_folders(folder)
    raise DatasetError(f"no FER2013 in {data}: looked for {', '.join(CSV_NAMES)} or train/ and test/ folders")


def _from_csv(path: Path) -> Fer2013:
    table = read_table(path, {name: (name,) for name in ("emotion", "pixels", "usage")})
    splits = {name: _split(table[table["usage"] == usage], path) for usage, name in CSV_SPLITS.items()}
    if not all(map(len, splits.values())):
        raise DatasetError(f"{path} needs rows of each usage: {', '.join(CSV_SPLITS)}")
    return Fer2013(**splits)


def _split(rows: pd.DataFrame, path: Path) -> Faces:
    if not rows["emotion"].isin(LABELS).all():
        raise DatasetError(f"{path} has labels outside 0 to {len(SEVEN_EMOTIONS) - 1}")
    crops = np.empty((len(rows), CROP_SIZE, CROP_SIZE), np.uint8)
    for i, pixels in enumerate(tqdm(rows["pixels"], desc=f"reading {path.name}", unit="face")):
        crops[i] = _parse_pixels(pixels, path)
    return Faces(crops, rows["emotion"].to_numpy(np.int64))


def _parse_pixels(pixels: str, path: Path) -> Pixels:
    try:
        values = np.array(pixels.split(), dtype=np.uint8)
    except (ValueError, OverflowError) as error:
        raise DatasetError(f"{path} has pixels that are no numbers from 0 to 255") from error
    if values.size != CROP_SIZE * CROP_SIZE:
        raise DatasetError(f"{path} has a row of {values.size} pixels instead of {CROP_SIZE * CROP_SIZE}")
    return values.reshape(CROP_SIZE, CROP_SIZE)


def _from_folders(folder: Path) -> Fer2013:
    everything = _read_folder(folder / "train")
    order = np.random.default_rng(0).permutation(len(everything))
    held = len(order) // 10
    public, train = order[:held], order[held:]
    return Fer2013(everything.take(train), everything.take(public), _read_folder(folder / "test"))


def _read_folder(folder: Path) -> Faces:
    files = [
        (path, label)
        for label, emotion in enumerate(SEVEN_EMOTIONS)
        for path in sorted((folder / emotion).glob("*"))
        if path.suffix.lower() in PICTURES
    ]
    if not files:
        raise DatasetError(f"no pictures in {folder}/{{{','.join(SEVEN_EMOTIONS)}}}")
    crops = np.stack([_read_picture(path) for path, _ in tqdm(files, desc=f"reading {folder}", unit="face")])
    return Faces(crops, np.array([label for _, label in files], np.int64))


def _read_picture(path: Path) -> Pixels:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None or picture.shape != (CROP_SIZE, CROP_SIZE):
        raise DatasetError(f"{path} is not a {CROP_SIZE}x{CROP_SIZE} picture")
    return picture.astype(np.uint8)
