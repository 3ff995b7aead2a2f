"""Whether a face's way through detector and aligner costs accuracy: known crops, put into a photo and found again."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from face_emotion.aligner import crop
from face_emotion.detector import Detector
from face_emotion.preprocessing import CROP_SIZE
from musicalface_training.face.evaluate import Scores
from musicalface_training.face.labelled import LabelledFaces

TILTS = (-30, -15, 0, 15, 30)
FACE_SIDE, PHOTO_SIDE = 192, 480
SAMPLE = 600
SEED = 7

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Found:
    """Of faces turned by `tilt` degrees: the share that was found, and how those are scored, as crops and as found."""

    tilt: int
    share: float
    as_known: float
    as_found: float


def check_crops(scores: Scores, detector: Detector, faces: LabelledFaces) -> list[Found]:
    """Score a sample of the faces that count, as FER2013 has them and as the service would cut them from a photo."""
    rows = np.random.default_rng(SEED).permutation(np.flatnonzero(faces.counts))[:SAMPLE]
    return [_check(scores, detector, faces.crops[rows], faces.seen[rows], tilt) for tilt in TILTS]


def _check(scores: Scores, detector: Detector, known: Picture, seen: npt.NDArray[np.int64], tilt: int) -> Found:
    pairs = [(row, _cut(detector, _photo(face, tilt))) for row, face in enumerate(tqdm(known, desc=f"tilt {tilt}"))]
    rows = [row for row, picture in pairs if picture is not None]
    found = np.stack([picture for _, picture in pairs if picture is not None])
    as_known, as_found = (_accuracy(scores, crops, seen[rows]) for crops in (known[rows], found))
    return Found(tilt, len(rows) / len(known), as_known, as_found)


def _photo(face: Picture, tilt: int) -> Picture:
    """Enlarge a uint8 (48, 48) crop in the middle of a larger colour picture, turned clockwise."""
    zoom = FACE_SIDE / CROP_SIZE
    turn = cv2.getRotationMatrix2D(((CROP_SIZE - 1) / 2, (CROP_SIZE - 1) / 2), -tilt, zoom)
    turn[:, 2] = turn[:, 2] + (PHOTO_SIDE - CROP_SIZE) / 2
    grey = cv2.warpAffine(face, turn, (PHOTO_SIDE, PHOTO_SIDE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)


def _cut(detector: Detector, photo: Picture) -> Picture | None:
    face = detector.largest(photo)
    return None if face is None else crop(photo, face)


def _accuracy(scores: Scores, crops: Picture, seen: npt.NDArray[np.int64]) -> float:
    return float(np.mean(np.argmax(scores(crops), axis=1) == seen))


def rows_of(found: Sequence[Found]) -> list[list[str]]:
    """Write the figures out, a row each tilt."""
    return [[str(each.tilt), *(f"{v:.3f}" for v in (each.share, each.as_known, each.as_found))] for each in found]
