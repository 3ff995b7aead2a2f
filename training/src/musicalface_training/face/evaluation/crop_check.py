"""The accuracy that detection and alignment cost: known crops, put into photos, found and cut out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.detection.detector import Detector
from musicalface_common.errors import NoFace
from musicalface_training.arrays import Labels, Pixels
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.evaluation_set import EvaluationSet
from musicalface_training.face.data.photos import crop_largest
from musicalface_training.face.evaluation.scoring import ScoreCrops
from musicalface_training.report import markdown_table, write_page

TILTS = (-30, -15, 0, 15, 30)
FACE_SIDE, PHOTO_SIDE = 192, 480
SAMPLE = 600
SEED = 7

PAGE = """# Faces: the cost of detection and alignment

{faces} faces of PublicTest that count by FERPlus' protocol (seed {seed}). Each is enlarged four times, turned, and put
into the middle of a larger picture; the service's own functions then find it and cut it out. Accuracy of `{model}`
(FERPlus) on the faces that are found: on FER2013's own upright pixels, and on the service's crops.

{table}

    musicalface_training face check-crops --data data
"""


@dataclass(frozen=True)
class Found:
    """The share of `faces`, turned clockwise by `tilt` degrees, that is found, and the accuracy on those.

    `as_known` is the accuracy on the crops as they were, `as_found` on the crops that were cut out.
    """

    tilt: int
    faces: int
    share: float
    as_known: float
    as_found: float


def check_crops(score: ScoreCrops, detector: Detector, faces: EvaluationSet) -> list[Found]:
    """Score 600 of the faces that count, by tilt: as FER2013 has them, and as the service cuts them out of a photo.

    Raises DatasetError if no face is found at one of the tilts.
    """
    rows = np.random.default_rng(SEED).permutation(np.flatnonzero(faces.counts))[:SAMPLE]
    return [_check(score, detector, faces.crops[rows], faces.seen[rows], tilt) for tilt in TILTS]


def _check(score: ScoreCrops, detector: Detector, known: Pixels, seen: Labels, tilt: int) -> Found:
    pairs = [(row, _cut(detector, _photo(face, tilt))) for row, face in enumerate(tqdm(known, desc=f"tilt {tilt}"))]
    rows = [row for row, crop in pairs if crop is not None]
    if not rows:
        raise DatasetError(f"the detector finds none of the faces when they are turned by {tilt} degrees")
    found = np.stack([crop for _, crop in pairs if crop is not None])
    as_known, as_found = (_accuracy(score, crops, seen[rows]) for crops in (known[rows], found))
    return Found(tilt, len(known), len(rows) / len(known), as_known, as_found)


def _photo(face: Pixels, tilt: int) -> Pixels:
    """Enlarge a uint8 (48, 48) crop, turned clockwise by `tilt` degrees, in the middle of a larger colour picture."""
    zoom = FACE_SIDE / CROP_SIZE
    turn = cv2.getRotationMatrix2D(((CROP_SIZE - 1) / 2, (CROP_SIZE - 1) / 2), -tilt, zoom)
    turn[:, 2] = turn[:, 2] + (PHOTO_SIDE - CROP_SIZE) / 2
    grey = cv2.warpAffine(face, turn, (PHOTO_SIDE, PHOTO_SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def _cut(detector: Detector, photo: Pixels) -> Pixels | None:
    try:
        return crop_largest(photo, detector)
    except NoFace:
        return None


def _accuracy(score: ScoreCrops, crops: Pixels, seen: Labels) -> float:
    return float(np.mean(np.argmax(score(crops), axis=1) == seen))


def write_crop_page(folder: Path, model: str, found: Sequence[Found]) -> Path:
    """Write the figures to a page; return its path."""
    text = PAGE.format(faces=found[0].faces, seed=SEED, model=model, table=_table(found))
    return write_page(folder, "face-crops", text)


def _table(found: Sequence[Found]) -> str:
    rows = [(each.tilt, *(f"{v:.3f}" for v in (each.share, each.as_known, each.as_found))) for each in found]
    return markdown_table(("tilt, degrees", "found", "accuracy on FER2013's pixels", "on the service's crops"), rows)
