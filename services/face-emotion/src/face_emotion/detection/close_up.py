"""A second look at a face, in an enlarged image, which shows how far the face is tilted.

YuNet underestimates the tilt of a small face. On a face tilted by 30 degrees, its eye points show a tilt of 4 degrees
if the face is 90 pixels high, 22 degrees at 140 pixels, and 25 degrees at 190 pixels. A third look shows the rest of
the tilt: before it, the enlarged image is rotated back by the tilt that the second look showed. For skimage's
astronaut, tilted by -30 to 30 degrees, the remaining error is at most 3 degrees.
"""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.crop import frame
from face_emotion.crop.resizing import cut
from face_emotion.geometry import Face, Point

# The enlarged face is this many pixels high. More pixels would cost more time than they improve the angle.
SIDE = 200
# Degrees of tilt after the second look, above which a third look is worth its time.
NEARLY_LEVEL = 6.0
# Lower than in the first search: a face is known to be there, only its landmarks are wanted.
MIN_SCORE = 0.3
# A face counts as the known one if the middle of its box has moved by at most this share of the known face's frame.
MAX_SHIFT = 0.25

# Finds the faces of an image that have at least a minimum score. It does not resize the image.
FindFacesAbove = Callable[[npt.NDArray[np.uint8], float], list[Face]]


class CloseUp:
    """Finds the landmarks of a known face again, in an enlarged image of it. Safe to call from any thread."""

    def __init__(self, find: FindFacesAbove) -> None:
        self._find = find

    def refine(self, rgb: npt.NDArray[np.uint8], face: Face) -> Face:
        """Return a face of a uint8 (h, w, 3) image with the landmarks that are found in its enlarged image.

        Box and score stay as they are. If the face is not found in the enlarged image, the landmarks stay, too.
        """
        enlarged, scale, origin = _enlarge(rgb, face)
        found = self._find_again(enlarged, face.mapped(scale, origin))
        landmarks = found.mapped_back(scale, origin).landmarks if found else None
        if found is None or landmarks is None:
            return face
        return replace(face, landmarks=landmarks.rotated(self._missing_tilt(enlarged, found)))

    def _missing_tilt(self, enlarged: npt.NDArray[np.uint8], face: Face) -> float:
        """Return the degrees by which the face is tilted more than its landmarks show."""
        tilt = frame.tilt(face.landmarks)
        if abs(tilt) <= NEARLY_LEVEL:
            return 0.0
        level = self._find_again(_rotate_back(enlarged, face.box.centre, tilt), face)
        return frame.tilt(level.landmarks) if level else 0.0

    def _find_again(self, rgb: npt.NDArray[np.uint8], known: Face) -> Face | None:
        """Return the face with the highest score in the place of a known face, or None if no face is there."""
        same = [
            face for face in self._find(rgb, MIN_SCORE) if _distance(face, known) <= MAX_SHIFT * frame.side(known.box)
        ]
        return max(same, key=lambda face: face.score or 0.0, default=None)


def _enlarge(rgb: npt.NDArray[np.uint8], face: Face) -> tuple[npt.NDArray[np.uint8], Point, Point]:
    """Cut the square around a face out of an image and resize it to 200 pixels. Return it, its scale and its origin."""
    reach = max(1.0, frame.side(face.box)) / 2
    zoom = SIDE / 2 / reach
    part, origin = cut(rgb, face.box.centre, reach)
    height, width = part.shape[:2]
    size = max(1, round(width * zoom)), max(1, round(height * zoom))
    method = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    enlarged = np.asarray(cv2.resize(part, size, interpolation=method), np.uint8)
    return enlarged, Point(size[0] / width, size[1] / height), origin


def _rotate_back(rgb: npt.NDArray[np.uint8], middle: Point, degrees: float) -> npt.NDArray[np.uint8]:
    """Rotate a uint8 (h, w, 3) image counter-clockwise around a point."""
    height, width = rgb.shape[:2]
    # OpenCV counts from the middle of pixel 0, points count from its edge.
    rotation = cv2.getRotationMatrix2D((middle.x - 0.5, middle.y - 0.5), degrees, 1)
    return np.asarray(cv2.warpAffine(rgb, rotation, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _distance(one: Face, other: Face) -> float:
    """Return the distance between the middles of two boxes in pixels: along x or along y, whichever is larger."""
    a, b = one.box.centre, other.box.centre
    return max(abs(a.x - b.x), abs(a.y - b.y))
