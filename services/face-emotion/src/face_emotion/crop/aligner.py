"""Faces to crops for the classifier: square, grey, turned level."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.crop import frame
from face_emotion.crop.preprocessing import CROP_SIZE
from face_emotion.crop.resizing import cut, shrink
from face_emotion.geometry import Face

# A face is turned at this many pixels a side at most: enough for a sharp crop, and the time stays bounded.
WORKING_SIDE = 320
# The corners of a square are this many sides away from its centre.
REACH = math.sqrt(0.5)


def crop(rgb: npt.NDArray[np.uint8], face: Face) -> npt.NDArray[np.uint8]:
    """Cut one face out of a uint8 (h, w, 3) image as a uint8 (48, 48) grey crop.

    The crop shows the face in FER2013's frame, turned level where landmarks are known, and reduced by area averaging.
    Where the frame runs over the image's edge, the edge pixels are repeated.
    """
    reach = frame.side(face.box) * REACH + 1
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
    # Pixel i covers i to i + 1: its index is half a pixel less than its middle.
    centre = face.box.centre.x - 0.5, face.box.centre.y - 0.5
    turn = cv2.getRotationMatrix2D(centre, frame.tilt(face.landmarks), 1)
    turn[:, 2] = turn[:, 2] + (side - 1) / 2 - np.array(centre)
    return cv2.warpAffine(grey, turn, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
