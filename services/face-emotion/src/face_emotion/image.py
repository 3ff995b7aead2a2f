"""An image's bytes to an upright RGB array, refused safely: nothing is decoded before its size is known."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image

from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

MAX_PIXELS = 25_000_000
# Each scan of a progressive JPEG decodes the whole image again: a few bytes more would cost seconds more.
# Cameras append films to photos, whose bytes look like about 130 scans in 8 MiB.
MAX_JPEG_SCANS = 200
START_OF_SCAN = b"\xff\xda"

# What brings an image upright, by its EXIF orientation (Exif 2.32, tag 274).
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(data: bytes, max_pixels: int = MAX_PIXELS) -> npt.NDArray[np.uint8]:
    """Turn a JPEG, PNG or WebP into a uint8 (h, w, 3) RGB array as its viewer sees it.

    The first frame is read, EXIF orientation honoured, transparency laid on white, 16 bits scaled to 8.
    Raises UnsupportedImage, UnreadableImage, or ImageTooLarge over `max_pixels`.
    """
    image = _open(data, _format(data), max_pixels)
    _check_pixels(image.width * image.height, max_pixels)
    try:
        image.load()
        return np.asarray(_upright(_rgb(image), _orientation(image)))
    except Exception as error:  # decoders raise nearly anything on broken bytes
        raise UnreadableImage("the image is damaged or truncated") from error


def _format(data: bytes) -> str:
    """Name the format by the content's signature: names and content types lie."""
    if not data:
        raise UnreadableImage("the image is empty")
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    raise UnsupportedImage("the content is not a JPEG, PNG or WebP image")


def _open(data: bytes, image_format: str, max_pixels: int) -> Image.Image:
    """Read the header alone."""
    if image_format == "JPEG" and data.count(START_OF_SCAN) > MAX_JPEG_SCANS:
        raise UnreadableImage(f"the JPEG has over {MAX_JPEG_SCANS} scans")
    try:
        return Image.open(BytesIO(data), formats=[image_format])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(max_pixels) from error
    except Exception as error:  # decoders raise nearly anything on broken bytes
        raise UnreadableImage(f"the {image_format} header is damaged or truncated") from error


def _check_pixels(pixels: int, max_pixels: int) -> None:
    if pixels > max_pixels:
        raise _too_large(max_pixels)


def _too_large(max_pixels: int) -> ImageTooLarge:
    return ImageTooLarge(f"the image has more than {max_pixels / 1e6:g} megapixels")


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # Pillow's own conversion clips to 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return image if image.mode == "RGB" else image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    """Read the EXIF orientation; a photo whose EXIF is broken is taken as it is."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # as with the decoders
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else image
