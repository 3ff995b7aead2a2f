"""The photo that all benchmarks send."""

import numpy as np
from PIL import Image
from support.photos import astronaut_pixels, encode


def photo() -> bytes:
    """Return a 640x480 JPEG of the astronaut, 480x480 pixels in the middle of a grey canvas."""
    canvas = Image.new("RGB", (640, 480), "grey")
    canvas.paste(Image.fromarray(astronaut_pixels()).resize((480, 480)), (80, 0))
    return encode(np.asarray(canvas, np.uint8), quality=90)
