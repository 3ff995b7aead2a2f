"""Shrink images and cut parts out of them, so that later steps work on a bounded number of pixels."""

import math

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.geometry import Point


def shrink(rgb: npt.NDArray[np.uint8], long_side: int) -> tuple[npt.NDArray[np.uint8], Point]:
    """Reduce a uint8 (h, w, 3) image to at most `long_side` pixels a side by area averaging.

    Returns the smaller image and its scale: pixels of the smaller image per pixel of the larger one, along x and y.
    """
    height, width = rgb.shape[:2]
    factor = min(1.0, long_side / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    smaller = rgb if factor == 1 else np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    return smaller, Point(size[0] / width, size[1] / height)


def cut(rgb: npt.NDArray[np.uint8], centre: Point, reach: float) -> tuple[npt.NDArray[np.uint8], Point]:
    """Cut out the square whose four sides are `reach` pixels away from a centre, clipped to the image.

    Returns the part, which has at least one pixel, and its origin: the place of its upper left corner in the image.
    """
    height, width = rgb.shape[:2]
    left, right = _span(centre.x, reach, width)
    top, bottom = _span(centre.y, reach, height)
    return rgb[top:bottom, left:right], Point(left, top)


def _span(centre: float, reach: float, limit: int) -> tuple[int, int]:
    first = min(max(math.floor(centre - reach), 0), limit - 1)
    return first, max(first + 1, min(math.ceil(centre + reach), limit))
