"""Decoded pixels of any kind to RGB. It works on strips, so that a large picture is in memory only once more."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image

STRIP_PIXELS = 1 << 18

# The rows from the first index to before the second.
Rows = Callable[[int, int], Image.Image]


def rgb_of_rows(width: int, height: int, rows: Rows) -> npt.NDArray[np.uint8]:
    """Return uint8 (height, width, 3): transparency laid on white, 16 bits scaled to 8."""
    rgb = np.empty((height, width, 3), np.uint8)
    step = max(1, STRIP_PIXELS // width)
    for top in range(0, height, step):
        bottom = min(top + step, height)
        rgb[top:bottom] = np.asarray(_rgb(rows(top, bottom)))
    return rgb


def rgb_of(image: Image.Image) -> npt.NDArray[np.uint8]:
    """Return rgb_of_rows for a Pillow image, which this decodes if it is not decoded yet."""
    image.load()
    return rgb_of_rows(image.width, image.height, lambda top, bottom: image.crop((0, top, image.width, bottom)))


def _rgb(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I;16"):  # Pillow's own conversion clips to 255
        strip = Image.fromarray((np.asarray(strip) >> 8).astype(np.uint8))
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    white = Image.new("RGB", strip.size, "white")
    colours = strip.convert("RGBA")
    white.paste(colours, mask=colours)
    return white
