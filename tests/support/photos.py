"""Photos for tests: scikit-image's public-domain astronaut, and variants of it. All pixels are uint8 RGB."""

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
    """Return the bytes of an image file with these pixels; `kind` is a format of Pillow."""
    return file_of(Image.fromarray(pixels), kind, **options)


def file_of(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the bytes of an image file; `kind` is a format of Pillow."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """Rotate a photo clockwise around the astronaut's face. Empty corners repeat the edge pixels."""
    turn = cv2.getRotationMatrix2D((223, 119), -degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)


def brightened(pixels: Pixels, factor: float) -> Pixels:
    """Multiply all pixel values and clip them to 255."""
    return np.clip(pixels.astype(np.float64) * factor, 0, 255).astype(np.uint8)


def exposed(pixels: Pixels, factor: float) -> Pixels:
    """Multiply the light of a photo by a factor (gamma 2.2) and clip the pixel values to 255."""
    return brightened(pixels, factor ** (1 / 2.2))


def shrunken(pixels: Pixels, factor: float) -> Pixels:
    """Scale a photo by a factor below 1 (area averaging)."""
    return np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    """Blur a photo with a Gaussian whose standard deviation is `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def grey(pixels: Pixels) -> Pixels:
    """Remove the colours of a photo; the result still has three channels."""
    return np.asarray(cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)


def stored_as(pixels: Pixels, orientation: int) -> bytes:
    """Return a JPEG whose pixels are rotated or mirrored and whose EXIF orientation (1 to 8) undoes it."""
    quarters = {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 1, 7: 3, 8: 3}[orientation]
    mirrored = orientation in (2, 4, 5, 7)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored = np.rot90(pixels[:, ::-1] if mirrored else pixels, quarters)
    return encode(np.ascontiguousarray(stored), exif=exif, quality=92)
