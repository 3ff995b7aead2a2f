"""RGB array to faces: YuNet (Wu et al. 2023), or Viola and Jones' cascade of Haar features (2001)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt
from cv2.data import haarcascades

from face_emotion.crop import frame
from face_emotion.crop.resizing import shrink
from face_emotion.detection.close_up import CLOSE_UP_MIN_SCORE, NEARLY_LEVEL, close_up, seen_again, turned_back
from face_emotion.detection.yunet import YuNet
from face_emotion.geometry import Box, Face, Point
from face_emotion.per_thread import PerThread

LONG_SIDE = 640
# Nearly every photo that shows one face shows it large enough at half of that, for a quarter of the time.
FIRST_LONG_SIDE = 320

# On photos without faces 0.5 and 0.6 find some; of small faces they find little more.
YUNET_MIN_SCORE = 0.7
HAAR_FILE = "haarcascade_frontalface_alt2.xml"
HAAR_STEP = 1.1
HAAR_MIN_NEIGHBOURS = 5
HAAR_MIN_SIDE = 24


class Detector(Protocol):
    """Finds the faces of an image."""

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find the faces of a uint8 (h, w, 3) RGB image, in its pixels, largest first. Safe in any thread."""

    def glance(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find the same faces, without what takes long for each."""

    def look(self, rgb: npt.NDArray[np.uint8], face: Face) -> Face:
        """Look closely at a face that a glance has found."""

    def largest(self, rgb: npt.NDArray[np.uint8]) -> Face | None:
        """Find the largest face alone, where that is quicker; None where there is none."""


class YuNetDetector:
    """Finds faces with landmarks and scores, and looks at each once more from near."""

    def __init__(self) -> None:
        """Raise ModelError where the weights are missing or not those that are known."""
        self._network = YuNet()

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as Detector says, at 640 pixels a side."""
        return [self.look(rgb, face) for face in self.glance(rgb)]

    def glance(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as detect does; how far they are turned is hardly told."""
        return self._find(rgb, LONG_SIDE)

    def largest(self, rgb: npt.NDArray[np.uint8]) -> Face | None:
        """Find the largest face at 320 pixels a side, and only where there is none at 640."""
        faces = self._find(rgb, FIRST_LONG_SIDE) or self._find(rgb, LONG_SIDE)
        return self.look(rgb, faces[0]) if faces else None

    def look(self, rgb: npt.NDArray[np.uint8], face: Face) -> Face:
        """Give a face the landmarks that are seen from near."""
        picture, scale, origin = close_up(rgb, face)
        near = self._again(picture, face.mapped(scale, origin))
        if near is None or near.landmarks is None:
            return face
        turn = frame.tilt(near.landmarks)
        level = self._again(turned_back(picture, near.box.centre, turn), near) if abs(turn) > NEARLY_LEVEL else None
        rest = frame.tilt(level.landmarks) if level and level.landmarks else 0.0
        landmarks = near.mapped_back(scale, origin).landmarks
        return replace(face, landmarks=landmarks and landmarks.turned(rest))

    def _find(self, rgb: npt.NDArray[np.uint8], long_side: int) -> list[Face]:
        small, scale = shrink(rgb, long_side)
        return _in_image(self._network.faces(small, YUNET_MIN_SCORE), scale, rgb)

    def _again(self, picture: npt.NDArray[np.uint8], face: Face) -> Face | None:
        return seen_again(face, self._network.faces(picture, CLOSE_UP_MIN_SCORE))


class HaarDetector:
    """Finds upright frontal faces, without landmarks or scores, at 640 pixels a side."""

    def __init__(self) -> None:
        self._cascades = PerThread(lambda: cv2.CascadeClassifier(haarcascades + HAAR_FILE))

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as Detector says."""
        return self.glance(rgb)

    def glance(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as Detector says."""
        small, scale = shrink(rgb, LONG_SIDE)
        grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
        boxes = self._cascades.get().detectMultiScale(
            grey, HAAR_STEP, HAAR_MIN_NEIGHBOURS, minSize=(HAAR_MIN_SIDE, HAAR_MIN_SIDE)
        )
        return _in_image((Face(Box(*map(float, box))) for box in boxes), scale, rgb)

    def look(self, rgb: npt.NDArray[np.uint8], face: Face) -> Face:
        """Return the face: the cascade has no more to tell of it."""
        return face

    def largest(self, rgb: npt.NDArray[np.uint8]) -> Face | None:
        """Find the largest face as Detector says; it costs what all of them cost."""
        return next(iter(self.glance(rgb)), None)


DETECTORS: dict[str, Callable[[], Detector]] = {"yunet": YuNetDetector, "haar": HaarDetector}


def load_detector(name: str = "yunet") -> Detector:
    """Load a detector by its name: `yunet` or `haar`. Raises KeyError, and ModelError without its weights."""
    return DETECTORS[name]()


def _in_image(faces: Iterable[Face], scale: Point, rgb: npt.NDArray[np.uint8]) -> list[Face]:
    """Map faces back to the full image, drop those found outside it, and put the largest first."""
    height, width = rgb.shape[:2]
    full = (face.mapped_back(scale) for face in faces)
    inside = (face for face in full if all(face.box.clipped(width, height)[2:]))
    return sorted(inside, key=lambda face: face.box.area, reverse=True)
