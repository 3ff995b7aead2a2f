"""The photo that everything here is measured on."""

import numpy as np
from PIL import Image
from support.photos import astronaut_pixels, encode


def photo() -> bytes:
    """Return the astronaut on a 640x480 canvas, as JPEG."""
    canvas = Image.new("RGB", (640, 480), "grey")
    canvas.paste(Image.fromarray(astronaut_pixels()).resize((480, 480)), (80, 0))
    return encode(np.asarray(canvas, np.uint8), quality=90)
