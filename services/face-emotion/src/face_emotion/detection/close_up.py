"""A second look at a face, enlarged, which shows how far the head is turned.

YuNet hardly sees a turn of a small face. Of a turn by 30 degrees, its eye points show 4 degrees on a face 90 pixels
high, 22 on a face of 140 pixels, and 25 on a face of 190 pixels. A third look shows the rest: the enlarged face is
turned back by the angle of the second look. For skimage's astronaut, turned by -30 to 30 degrees, an error of at most 3
degrees is left.
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
# Degrees of turn in the second look, above which a third look is worth its time.
NEARLY_LEVEL = 6.0
# Lower than in the first search: it is known that there is a face, only its points are searched for.
MIN_SCORE = 0.3
# The same face has its middle at most this far from the first one's middle, in heights of the first one.
MAX_SHIFT = 0.25

Find = Callable[[npt.NDArray[np.uint8], float], list[Face]]


class CloseUp:
    """Finds the landmarks of a known face again, on an enlarged picture of it. Safe to call from any thread."""

    def __init__(self, find: Find) -> None:
        """Take a function that finds the faces of a picture, at its own size, that reach a minimum score."""
        self._find = find

    def near(self, rgb: npt.NDArray[np.uint8], face: Face) -> Face:
        """Return a face of a uint8 (h, w, 3) image with the landmarks that its enlarged picture shows.

        Box and score stay as they are. Where the enlarged picture does not show the face, the landmarks stay, too.
        """
        picture, scale, origin = _enlarged(rgb, face)
        seen = self._find_again(picture, face.mapped(scale, origin))
        landmarks = seen.mapped_back(scale, origin).landmarks if seen else None
        if seen is None or landmarks is None:
            return face
        return replace(face, landmarks=landmarks.turned(self._rest_of_turn(picture, seen)))

    def _rest_of_turn(self, picture: npt.NDArray[np.uint8], seen: Face) -> float:
        """Return the degrees by which the face is turned beyond what its landmarks show."""
        turn = frame.tilt(seen.landmarks)
        if abs(turn) <= NEARLY_LEVEL:
            return 0.0
        level = self._find_again(_turned_back(picture, seen.box.centre, turn), seen)
        return frame.tilt(level.landmarks) if level else 0.0

    def _find_again(self, picture: npt.NDArray[np.uint8], face: Face) -> Face | None:
        """Find the face with the highest score in a known face's place. Return None where there is none."""
        found = self._find(picture, MIN_SCORE)
        same = [near for near in found if _distance(near, face) <= MAX_SHIFT * frame.side(face.box)]
        return max(same, key=lambda near: near.score or 0.0, default=None)


def _enlarged(rgb: npt.NDArray[np.uint8], face: Face) -> tuple[npt.NDArray[np.uint8], Point, Point]:
    """Cut the square around a face out of an image and scale it to 200 pixels: the picture, its scale, its origin."""
    reach = max(1.0, frame.side(face.box)) / 2
    zoom = SIDE / 2 / reach
    part, origin = cut(rgb, face.box.centre, reach)
    height, width = part.shape[:2]
    size = max(1, round(width * zoom)), max(1, round(height * zoom))
    method = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    picture = np.asarray(cv2.resize(part, size, interpolation=method), np.uint8)
    return picture, Point(size[0] / width, size[1] / height), origin


def _turned_back(picture: npt.NDArray[np.uint8], middle: Point, degrees: float) -> npt.NDArray[np.uint8]:
    """Turn a uint8 (h, w, 3) picture counter-clockwise around a point."""
    height, width = picture.shape[:2]
    # Pixel i covers i to i + 1: its index is half a pixel less than its middle.
    turn = cv2.getRotationMatrix2D((middle.x - 0.5, middle.y - 0.5), degrees, 1)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _distance(one: Face, other: Face) -> float:
    """Return the distance of two faces' middles, in pixels along the axis where they are further apart."""
    a, b = one.box.centre, other.box.centre
    return max(abs(a.x - b.x), abs(a.y - b.y))
