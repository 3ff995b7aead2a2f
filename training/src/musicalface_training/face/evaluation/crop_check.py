"""Whether a face's way through detector and aligner costs accuracy: known crops, put into a photo and found again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from face_emotion.crop.aligner import crop
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.geometry import Face
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.evaluation_set import LabelledFaces
from musicalface_training.face.evaluation.predictions import Scores
from musicalface_training.report import markdown_table

TILTS = (-30, -15, 0, 15, 30)
FACE_SIDE, PHOTO_SIDE = 192, 480
SAMPLE = 600
SEED = 7

PAGE = """# Faces: what the way through a photo costs

{faces} faces of PublicTest that count by FERPlus' protocol (seed {seed}), each enlarged four times, turned by
so many degrees in the middle of a larger picture, then found and cut out as the service does it. Accuracy of `{model}`
(FERPlus) on those that are found: on FER2013's own upright pixels, and on what was cut out.

{table}

    musicalface_training face check-crops --data data
"""

Picture = npt.NDArray[np.uint8]
Find = Callable[[Picture], Face | None]
"""Finds the largest face of a uint8 (h, w, 3) picture, as a detector does."""


@dataclass(frozen=True)
class Found:
    """Of `faces` turned by `tilt` degrees: the share found, and how those are scored, as crops and as found."""

    tilt: int
    faces: int
    share: float
    as_known: float
    as_found: float


def check_crops(scores: Scores, find: Find, faces: LabelledFaces) -> list[Found]:
    """Score a sample of the faces that count, as FER2013 has them and as the service would cut them from a photo."""
    rows = np.random.default_rng(SEED).permutation(np.flatnonzero(faces.counts))[:SAMPLE]
    return [_check(scores, find, faces.crops[rows], faces.seen[rows], tilt) for tilt in TILTS]


def _check(scores: Scores, find: Find, known: Picture, seen: npt.NDArray[np.int64], tilt: int) -> Found:
    pairs = [(row, _cut(find, _photo(face, tilt))) for row, face in enumerate(tqdm(known, desc=f"tilt {tilt}"))]
    rows = [row for row, picture in pairs if picture is not None]
    if not rows:
        raise DatasetError(f"the detector finds none of the faces when they are turned by {tilt} degrees")
    found = np.stack([picture for _, picture in pairs if picture is not None])
    as_known, as_found = (_accuracy(scores, crops, seen[rows]) for crops in (known[rows], found))
    return Found(tilt, len(known), len(rows) / len(known), as_known, as_found)


def _photo(face: Picture, tilt: int) -> Picture:
    """Enlarge a uint8 (48, 48) crop in the middle of a larger colour picture, turned clockwise."""
    zoom = FACE_SIDE / CROP_SIZE
    turn = cv2.getRotationMatrix2D(((CROP_SIZE - 1) / 2, (CROP_SIZE - 1) / 2), -tilt, zoom)
    turn[:, 2] = turn[:, 2] + (PHOTO_SIDE - CROP_SIZE) / 2
    grey = cv2.warpAffine(face, turn, (PHOTO_SIDE, PHOTO_SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def _cut(find: Find, photo: Picture) -> Picture | None:
    face = find(photo)
    return None if face is None else crop(photo, face)


def _accuracy(scores: Scores, crops: Picture, seen: npt.NDArray[np.int64]) -> float:
    return float(np.mean(np.argmax(scores(crops), axis=1) == seen))


def write_crop_page(folder: Path, model: str, found: Sequence[Found]) -> Path:
    """Write the figures to training/reports/; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "face-crops.md"
    page.write_text(PAGE.format(faces=found[0].faces, seed=SEED, model=model, table=_table(found)), "utf-8")
    return page


def _table(found: Sequence[Found]) -> str:
    rows = [(each.tilt, *(f"{v:.3f}" for v in (each.share, each.as_known, each.as_found))) for each in found]
    return markdown_table(("tilt", "found", "as FER2013 has them", "as the service cuts them"), rows)
