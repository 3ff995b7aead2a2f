"""BMP: Pillow reads it, without compression only, which Pillow unpacks slowly."""

from io import BytesIO

from PIL import Image

from face_emotion.image.bounds import check_size
from face_emotion.image.orientation import Picture
from face_emotion.image.strips import rgb_of
from musicalface_common.errors import UnsupportedImage

OLD_HEADER_BYTES = 12
# No compression, or none with its own masks of colours.
UNCOMPRESSED = (0, 3)


def read_bmp(data: bytes, max_pixels: int) -> Picture:
    """Decode an uncompressed BMP. Raises the errors of image.decode."""
    header = data[14:34]
    if header[0] > OLD_HEADER_BYTES and int.from_bytes(header[16:20], "little") not in UNCOMPRESSED:
        raise UnsupportedImage("compressed BMP images are not read")
    check_size(*_size(header), max_pixels)
    return Picture(rgb_of(Image.open(BytesIO(data), formats=["BMP"])))


def _size(header: bytes) -> tuple[int, int]:
    """Return width and height. A negative height says that the rows start at the top."""
    if header[0] == OLD_HEADER_BYTES:
        return int.from_bytes(header[4:6], "little"), int.from_bytes(header[6:8], "little")
    return int.from_bytes(header[4:8], "little"), abs(int.from_bytes(header[8:12], "little", signed=True))
