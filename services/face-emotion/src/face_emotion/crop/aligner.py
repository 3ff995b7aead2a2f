"""Faces to crops for the classifier: square, grey, and rotated until the face is level."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.crop import frame
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.crop.resizing import cut, shrink
from face_emotion.geometry import Face

# Before the rotation, the image is reduced to this many pixels a side at most: enough for a sharp crop in bounded time.
WORKING_SIDE = 320
# Distance of a square's corners from its centre, in sides of the square.
HALF_DIAGONAL = math.sqrt(0.5)


def crop(rgb: npt.NDArray[np.uint8], face: Face) -> npt.NDArray[np.uint8]:
    """Cut one face out of a uint8 (h, w, 3) image as a uint8 (48, 48) grey crop.

    The crop shows the face in FER2013's frame, reduced by area averaging. A face with landmarks is rotated until it is
    level. Where the frame extends beyond the image, the pixels of the image's edge are repeated.
    """
    reach = frame.side(face.box) * HALF_DIAGONAL + 1
    patch, origin = cut(rgb, face.box.centre, reach)
    small, scale = shrink(patch, WORKING_SIDE)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    square = _level_square(grey, face.mapped(scale, origin))
    return np.asarray(cv2.resize(square, (CROP_SIZE, CROP_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def crop_faces(rgb: npt.NDArray[np.uint8], faces: Sequence[Face]) -> npt.NDArray[np.uint8]:
    """Cut faces out of a uint8 (h, w, 3) image as uint8 (n, 48, 48) grey crops."""
    crops = np.empty((len(faces), CROP_SIZE, CROP_SIZE), np.uint8)
    for index, face in enumerate(faces):
        crops[index] = crop(rgb, face)
    return crops


def _level_square(grey: cv2.typing.MatLike, face: Face) -> cv2.typing.MatLike:
    side = max(1, round(frame.side(face.box)))
    # OpenCV counts from the middle of pixel 0, boxes count from its edge.
    centre = face.box.centre.x - 0.5, face.box.centre.y - 0.5
    rotation = cv2.getRotationMatrix2D(centre, frame.tilt(face.landmarks), 1)
    rotation[:, 2] = rotation[:, 2] + (side - 1) / 2 - np.array(centre)
    return cv2.warpAffine(grey, rotation, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
