"""A picture's bytes to an upright RGB array. What decoding costs is checked before any pixel is decoded."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from face_emotion.image.bmp import read_bmp
from face_emotion.image.bounds import MAX_PIXELS
from face_emotion.image.gif import read_gif
from face_emotion.image.jpeg import read_jpeg
from face_emotion.image.orientation import Picture, upright
from face_emotion.image.png import read_png
from face_emotion.image.sniff import Format, sniff, without_text_marks
from face_emotion.image.webp import read_webp
from musicalface_common.errors import Problem, UnreadableImage

READERS: Mapping[Format, Callable[[bytes, int], Picture]] = {
    Format.JPEG: read_jpeg,
    Format.PNG: read_png,
    Format.WEBP: read_webp,
    Format.GIF: read_gif,
    Format.BMP: read_bmp,
}


def decode(data: bytes, max_pixels: int = MAX_PIXELS) -> npt.NDArray[np.uint8]:
    """Decode a picture of one of the READERS' formats to a uint8 (h, w, 3) RGB array, as an image viewer shows it.

    Only the first frame counts. The EXIF orientation is applied, transparency becomes white, and 16 bits become 8.
    Raises UnsupportedImage, UnreadableImage, or ImageTooLarge for more than `max_pixels` or for pixels that take long.
    """
    data = without_text_marks(data)
    read = READERS[sniff(data)]
    try:
        return upright(read(data, max_pixels))
    except Problem:
        raise
    except Exception as error:  # decoders raise nearly anything on broken bytes
        raise UnreadableImage("the image is damaged or truncated") from error
