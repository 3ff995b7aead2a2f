"""Random variants of training crops: mirrored, turned, zoomed, shifted, in another brightness, partly covered."""

import cv2
import numpy as np

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_training.arrays import Pixels

# The limits at strength 1.
TURN = 15.0
"""Degrees, in either direction."""
ZOOM = 1.14
"""Factor, enlarged or reduced."""
SHIFT = 3.0
"""Pixels of a 48x48 crop, in any direction."""
GAMMA = 1.5
"""Exponent of brightness, or its reciprocal."""
ERASE_CHANCE = 0.3
ERASE_SIDE = (6, 17)
"""Range of a covered rectangle's sides, in pixels of a 48x48 crop."""


def augment(crops: Pixels, side: int, strength: float, rng: np.random.Generator) -> Pixels:
    """Return a random variant of each of uint8 (n, 48, 48) crops: uint8 (n, side, side). Strength 0 only mirrors."""
    return np.stack([_variant(crop, side, strength, rng) for crop in crops])


def _variant(crop: Pixels, side: int, strength: float, rng: np.random.Generator) -> Pixels:
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    crop = _relight(_move(crop, side, strength, rng), strength, rng)
    return _erase(crop, rng) if rng.random() < strength * ERASE_CHANCE else crop


def _move(crop: Pixels, side: int, strength: float, rng: np.random.Generator) -> Pixels:
    middle = (CROP_SIZE - 1) / 2
    resize = side / CROP_SIZE
    turn, zoom = strength * rng.uniform(-TURN, TURN), ZOOM ** (strength * rng.uniform(-1, 1))
    matrix = cv2.getRotationMatrix2D((middle, middle), turn, resize * zoom)
    matrix[:, 2] = matrix[:, 2] + strength * rng.uniform(-SHIFT, SHIFT, 2) * resize + (side - CROP_SIZE) / 2
    moved = cv2.warpAffine(
        np.ascontiguousarray(crop), matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def _relight(crop: Pixels, strength: float, rng: np.random.Generator) -> Pixels:
    curve = 255 * (np.arange(256) / 255) ** (GAMMA ** (strength * rng.uniform(-1, 1)))
    return np.asarray(cv2.LUT(crop, np.rint(curve).astype(np.uint8)), np.uint8)


def _erase(crop: Pixels, rng: np.random.Generator) -> Pixels:
    """Cover a random rectangle with noise (Zhong et al. 2020)."""
    height, width = rng.integers(*ERASE_SIDE, 2) * crop.shape[0] // CROP_SIZE
    top, left = rng.integers(0, crop.shape[0] - height), rng.integers(0, crop.shape[0] - width)
    crop[top : top + height, left : left + width] = rng.integers(0, 256, (height, width), np.uint8)
    return crop
