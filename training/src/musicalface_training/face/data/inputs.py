"""Crops of any side to what the face networks take, scaled as the service does."""

import numpy as np
import numpy.typing as npt

from face_emotion.crop.preprocessing import Preprocessing

PREPROCESSING = Preprocessing()


def to_input(crops: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Scale uint8 (n, side, side) crops as the service does: float32 (n, side, side, 1)."""
    return PREPROCESSING.scaled(crops)
