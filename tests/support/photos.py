"""Photos for tests: scikit-image's public-domain astronaut, and what can be made of it."""

import io
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import skimage.data
from PIL import ExifTags, Image

Pixels = npt.NDArray[np.uint8]


def astronaut_pixels() -> Pixels:
    """Return the photo as uint8 (512, 512, 3) RGB."""
    return np.asarray(skimage.data.astronaut(), np.uint8)  # type: ignore[no-untyped-call]


def encode(pixels: Pixels, kind: str = "JPEG", **options: Any) -> bytes:
    """Encode pixels as an image file's bytes."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """Turn a photo clockwise around the astronaut's face; its edge is repeated."""
    turn = cv2.getRotationMatrix2D((223, 119), -degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)


def brightened(pixels: Pixels, factor: float) -> Pixels:
    """Multiply the values of a photo; what is too bright is white."""
    return np.clip(pixels.astype(np.float64) * factor, 0, 255).astype(np.uint8)


def exposed(pixels: Pixels, factor: float) -> Pixels:
    """Multiply the light that fell on a photo, whose values grow with its 2.2th root; too much of it is white."""
    return brightened(pixels, factor ** (1 / 2.2))


def shrunken(pixels: Pixels, factor: float) -> Pixels:
    """Make a photo smaller by area averaging."""
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    """Blur a photo by a Gaussian of so many pixels."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def grey(pixels: Pixels) -> Pixels:
    """Take the colours out of a photo."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)


def stored_as(pixels: Pixels, orientation: int) -> bytes:
    """Encode a photo as a camera held in one of EXIF's eight ways stores it: its viewer sees it upright."""
    quarters = {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3}[orientation]
    mirrored = orientation in (2, 4, 5, 7)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored = np.rot90(pixels[:, ::-1] if mirrored else pixels, quarters)
    return encode(np.ascontiguousarray(stored), exif=exif, quality=92)
