"""A second look at a face, from near: YuNet hardly sees how far a head is turned before its face is large.

Of a turn by 30 degrees YuNet's eyes tell 4 on a face 90 pixels high, 22 on one of 140, 25 on one of 190. The rest shows
in a third look, at the picture turned back by what the second told: of the astronaut's turns by -30 to 30 degrees that
left at most 3.
"""

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.crop import frame
from face_emotion.crop.resizing import cut
from face_emotion.geometry import Face, Point

# The face's box is as high as a picture of this side, in pixels. Larger ones would cost more than they tell.
SIDE = 200
# Degrees that a head is turned, as far as the second look tells, before a third one is worth its time.
NEARLY_LEVEL = 6.0
# There is a face: the question is where its eyes are.
CLOSE_UP_MIN_SCORE = 0.3
# A face seen again has its middle at most this far from where it was first seen, in its own heights.
MAX_SHIFT = 0.25


def close_up(rgb: npt.NDArray[np.uint8], face: Face) -> tuple[npt.NDArray[np.uint8], Point, Point]:
    """Cut a face out of a uint8 (h, w, 3) image, large enough to see its turn: the picture, its scale, its origin."""
    reach = max(1.0, frame.side(face.box)) / 2
    zoom = SIDE / 2 / reach
    part, origin = cut(rgb, face.box.centre, reach)
    height, width = part.shape[:2]
    size = max(1, round(width * zoom)), max(1, round(height * zoom))
    way = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    picture = np.asarray(cv2.resize(part, size, interpolation=way), np.uint8)
    return picture, Point(size[0] / width, size[1] / height), origin


def turned_back(picture: npt.NDArray[np.uint8], middle: Point, degrees: float) -> npt.NDArray[np.uint8]:
    """Turn a uint8 (h, w, 3) picture about a face's middle, counter-clockwise."""
    height, width = picture.shape[:2]
    # Pixel i covers i to i + 1: its index lies half a pixel before its middle.
    turn = cv2.getRotationMatrix2D((middle.x - 0.5, middle.y - 0.5), degrees, 1)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def seen_again(face: Face, seen: Iterable[Face]) -> Face | None:
    """Find the surest of the faces in a face's place, None where there is none."""
    same = [near for near in seen if _distance(near, face) <= MAX_SHIFT * frame.side(face.box)]
    return max(same, key=lambda near: near.score or 0.0, default=None)


def _distance(one: Face, other: Face) -> float:
    a, b = one.box.centre, other.box.centre
    return max(abs(a.x - b.x), abs(a.y - b.y))
