"""The input of the face networks: crops, scaled as the service scales them."""

from face_emotion.crop.preprocessing import Preprocessing
from musicalface_training.arrays import Floats, Pixels

PREPROCESSING = Preprocessing()


def to_input(crops: Pixels) -> Floats:
    """Scale uint8 (n, side, side) crops of any side to float32 (n, side, side, 1)."""
    return PREPROCESSING.scaled(crops)
