"""Damaged pictures are read, or refused with a problem: no other error, no hang, no memory of an earlier picture."""

import random
import time

import numpy as np
import pytest
from support.mutations import mutated, seeds
from support.photos import Pixels, encode

from face_emotion.image.decode import decode
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

MAX_PIXELS = 1_000_000
MAX_SECONDS = 1.0


def decoded(data: bytes) -> Pixels | None:
    """Return the pixels, or None for a refusal. Raises AssertionError for a decoding of over a second."""
    started = time.thread_time()
    try:
        return decode(data, MAX_PIXELS)
    except (ImageTooLarge, UnreadableImage, UnsupportedImage) as problem:
        assert problem.detail
        return None
    finally:
        assert time.thread_time() - started < MAX_SECONDS


@pytest.mark.filterwarnings("ignore")  # Pillow's, of broken EXIF data
@pytest.mark.parametrize(
    ("cases", "seed"), [(2_000, 12), pytest.param(50_000, 13, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_damaged_pictures_are_read_or_refused(astronaut_rgb: Pixels, cases: int, seed: int) -> None:
    pictures, chance = seeds(astronaut_rgb), random.Random(seed)
    white = encode(np.full((256, 256, 3), 255, np.uint8))
    read = 0
    for _ in range(cases):
        data = mutated(pictures, chance)
        pixels = decoded(data)
        if pixels is None:
            continue
        read += 1
        assert pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.size
        decode(white)
        again = decoded(data)
        assert again is not None and np.array_equal(pixels, again)
    assert cases * 0.1 < read < cases * 0.9, "the changes are too coarse, or do nothing"


def test_every_sound_picture_is_read(astronaut_rgb: Pixels) -> None:
    for picture in seeds(astronaut_rgb):
        assert decode(picture).shape in ((48, 64, 3), (64, 48, 3))
