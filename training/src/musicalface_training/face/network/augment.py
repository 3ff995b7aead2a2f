"""Training crops as a camera might have seen them: turned, shifted, in another light, partly covered."""

import cv2
import numpy as np
import numpy.typing as npt

from face_emotion.crop.preprocessing import CROP_SIZE

# All of these are for strength 1.
TURN = 15.0
"""Degrees at most."""
ZOOM = 1.14
"""Times at most, to either side of 1."""
SHIFT = 3.0
"""Pixels at most, of CROP_SIZE."""
GAMMA = 1.5
"""At most, to either side of 1."""
ERASE_CHANCE = 0.3
ERASE_SIDE = (6, 17)

Crops = npt.NDArray[np.uint8]


def augment(crops: Crops, side: int, strength: float, rng: np.random.Generator) -> Crops:
    """Return uint8 (n, side, side) crops, each a random variant of one of uint8 (n, 48, 48), from 0 mirrored alone."""
    return np.stack([_variant(crop, side, strength, rng) for crop in crops])


def _variant(crop: Crops, side: int, strength: float, rng: np.random.Generator) -> Crops:
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    crop = _relight(_move(crop, side, strength, rng), strength, rng)
    return _erase(crop, rng) if rng.random() < strength * ERASE_CHANCE else crop


def _move(crop: Crops, side: int, strength: float, rng: np.random.Generator) -> Crops:
    middle = (CROP_SIZE - 1) / 2
    resize = side / CROP_SIZE
    turn, zoom = strength * rng.uniform(-TURN, TURN), ZOOM ** (strength * rng.uniform(-1, 1))
    matrix = cv2.getRotationMatrix2D((middle, middle), turn, resize * zoom)
    matrix[:, 2] = matrix[:, 2] + strength * rng.uniform(-SHIFT, SHIFT, 2) * resize + (side - CROP_SIZE) / 2
    moved = cv2.warpAffine(
        np.ascontiguousarray(crop), matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(moved, np.uint8)


def _relight(crop: Crops, strength: float, rng: np.random.Generator) -> Crops:
    curve = 255 * (np.arange(256) / 255) ** (GAMMA ** (strength * rng.uniform(-1, 1)))
    return np.asarray(cv2.LUT(crop, np.rint(curve).astype(np.uint8)), np.uint8)


def _erase(crop: Crops, rng: np.random.Generator) -> Crops:
    """Cover a random rectangle with noise (Zhong et al. 2020, random erasing)."""
    height, width = rng.integers(*ERASE_SIDE, 2) * crop.shape[0] // CROP_SIZE
    top, left = rng.integers(0, crop.shape[0] - height), rng.integers(0, crop.shape[0] - width)
    crop[top : top + height, left : left + width] = rng.integers(0, 256, (height, width), np.uint8)
    return crop
