"""Photos for tests: scikit-image's public-domain astronaut, and what can be made of it."""

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import skimage.data
from PIL import Image

Pixels = npt.NDArray[np.uint8]


def astronaut_pixels() -> Pixels:
    """Return the photo as uint8 (512, 512, 3) RGB."""
    return np.asarray(skimage.data.astronaut(), np.uint8)  # type: ignore[no-untyped-call]


def encode(pixels: Pixels, kind: str = "JPEG", **options: Any) -> bytes:
    """Encode pixels as an image file's bytes."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()
