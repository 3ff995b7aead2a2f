"""The steps for one photo: decode, detect, choose, crop, classify."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from face_emotion.classifier import EmotionClassifier
from face_emotion.crop.aligner import crop_faces
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.detection.detector import Detector
from face_emotion.geometry import Face
from face_emotion.image.decode import decode
from musicalface_common.errors import ManyFaces, NoFace

# More faces would keep a worker busy for seconds.
MAX_FACES = 64


class FaceChoice(StrEnum):
    """Which faces of a photo are scored: the largest one, all, or a single one (several are refused)."""

    LARGEST = "largest"
    ALL = "all"
    SINGLE = "single"


@dataclass(frozen=True)
class Recognition:
    """The result for a photo: its upright size in pixels, its n faces, and their float32 (n, labels) scores."""

    width: int
    height: int
    faces: Sequence[Face]
    scores: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Recognizer:
    """Finds and scores the faces of a photo. Safe to call from any thread."""

    detector: Detector
    classifier: EmotionClassifier
    max_pixels: int

    def recognize(self, data: bytes, choice: FaceChoice) -> Recognition:
        """Decode an image, find its faces and score them. Raises the errors of image.decode and choose_faces."""
        rgb = decode(data, self.max_pixels)
        faces = find_faces(self.detector, rgb, choice)
        scores = self.classifier.scores(crop_faces(rgb, faces))
        return Recognition(rgb.shape[1], rgb.shape[0], faces, scores)

    def warm_up(self) -> None:
        """Run detector and classifier once, because the first call is slower than all others."""
        self.detector.largest(np.zeros((480, 640, 3), np.uint8))
        self.classifier.scores(np.zeros((1, CROP_SIZE, CROP_SIZE), np.uint8))


def find_faces(detector: Detector, rgb: npt.NDArray[np.uint8], choice: FaceChoice) -> Sequence[Face]:
    """Find the chosen faces of a uint8 (h, w, 3) image, largest first. Raises the errors of choose_faces."""
    if choice is FaceChoice.LARGEST:
        face = detector.largest(rgb)
        return choose_faces([] if face is None else [face], choice)
    # Refining is slow, so it comes after the choice.
    return [detector.refine(rgb, face) for face in choose_faces(detector.all_faces(rgb), choice)]


def choose_faces(faces: Sequence[Face], choice: FaceChoice) -> Sequence[Face]:
    """Return the chosen ones of faces that are sorted, largest first; of all faces, the 64 largest.

    Raises NoFace if there are no faces, and ManyFaces if the choice is `single` and there are several.
    """
    if not faces:
        raise NoFace("the image shows no face")
    if choice is FaceChoice.SINGLE and len(faces) > 1:
        raise ManyFaces(f"the image shows {len(faces)} faces, and only one is allowed")
    return faces[:MAX_FACES] if choice is FaceChoice.ALL else faces[:1]
