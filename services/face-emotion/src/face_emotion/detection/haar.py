"""Viola and Jones' cascade of Haar features (2001), with OpenCV's weights: finds upright faces seen from the front."""

import threading

import cv2
import numpy as np
import numpy.typing as npt
from cv2.data import haarcascades

from face_emotion.geometry import Box, Face

FILE = "haarcascade_frontalface_alt2.xml"
SCALE_FACTOR = 1.1
MIN_NEIGHBOURS = 5
MIN_SIDE = 24  # pixels


class Haar:
    """The cascade. Safe to call from any thread."""

    def __init__(self) -> None:
        self._local = threading.local()

    def faces(self, rgb: npt.NDArray[np.uint8]) -> list[Face]:
        """Find the faces of a uint8 (h, w, 3) image without resizing it. They have no landmarks and no scores."""
        grey = cv2.equalizeHist(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
        boxes = self._cascade().detectMultiScale(grey, SCALE_FACTOR, MIN_NEIGHBOURS, minSize=(MIN_SIDE, MIN_SIDE))
        return [Face(Box(*map(float, box))) for box in boxes]

    def _cascade(self) -> cv2.CascadeClassifier:
        """Return the calling thread's own cascade: threads cannot share one, and it is slow to load."""
        if not hasattr(self._local, "cascade"):
            self._local.cascade = cv2.CascadeClassifier(haarcascades + FILE)
        cascade: cv2.CascadeClassifier = self._local.cascade
        return cascade
