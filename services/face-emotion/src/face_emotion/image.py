"""An image's bytes to an upright RGB array. The size is checked before any pixel is decoded."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image
from simplejpeg import decode_jpeg

from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

MAX_PIXELS = 25_000_000
# Each scan of a progressive JPEG is one more pass over the whole image, so that a few bytes can cost seconds.
# Some cameras append a video to a photo. The start of a scan occurs by chance about 130 times in 8 MiB of video.
MAX_JPEG_SCANS = 200
START_OF_SCAN = b"\xff\xda"

# simplejpeg decodes these JPEGs to the same pixels as Pillow in two thirds of the time. An MPO file has several JPEGs.
TURBO_FORMATS = ("JPEG", "MPO")
TURBO_MODES = ("RGB", "L")

# EXIF orientation (Exif 2.32, tag 274) to the operation that turns the image upright.
UPRIGHT: dict[int, Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.uint8]]] = {
    2: np.fliplr,
    3: partial(np.rot90, k=2),
    4: np.flipud,
    5: partial(np.swapaxes, axis1=0, axis2=1),
    6: partial(np.rot90, k=3),
    7: lambda rgb: np.swapaxes(np.rot90(rgb, 2), 0, 1),
    8: np.rot90,
}


def decode(data: bytes, max_pixels: int = MAX_PIXELS) -> npt.NDArray[np.uint8]:
    """Decode a JPEG, PNG or WebP to a uint8 (h, w, 3) RGB array, as an image viewer shows it.

    Only the first frame counts. The EXIF orientation is applied, transparency becomes white, and 16 bits become 8.
    Raises UnsupportedImage, UnreadableImage, or ImageTooLarge for more than `max_pixels`.
    """
    image = _open(data, _format(data), max_pixels)
    _check_pixels(image.width * image.height, max_pixels)
    try:
        return _upright(_pixels(data, image), _orientation(image))
    except Exception as error:  # decoders raise nearly anything on broken bytes
        raise UnreadableImage("the image is damaged or truncated") from error


def _format(data: bytes) -> str:
    """Return the format that the first bytes show, because file names and content types can be wrong."""
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
    """Open an image and read only its header."""
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


def _pixels(data: bytes, image: Image.Image) -> npt.NDArray[np.uint8]:
    if image.format in TURBO_FORMATS and image.mode in TURBO_MODES:
        # simplejpeg refuses every damaged file. Pillow then decides whether the file is readable.
        with suppress(ValueError):
            return np.asarray(decode_jpeg(data, "RGB", strict=True), np.uint8)
    image.load()
    return np.asarray(_rgb(image))


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # Pillow's own conversion clips to 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return image if image.mode == "RGB" else image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, or 1 (upright) if the EXIF data is missing or broken."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # Pillow raises nearly anything on broken EXIF data
        return 1


def _upright(rgb: npt.NDArray[np.uint8], orientation: int) -> npt.NDArray[np.uint8]:
    upright = UPRIGHT[orientation](rgb) if orientation in UPRIGHT else rgb
    return np.ascontiguousarray(upright)
