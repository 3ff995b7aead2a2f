"""GIF: the first frame, without the blocks before it that say nothing about pixels."""

import struct
from io import BytesIO

from PIL import Image

from face_emotion.image.bounds import MAX_PARTS, check_size
from face_emotion.image.orientation import Picture
from face_emotion.image.strips import rgb_of
from musicalface_common.errors import UnreadableImage

SCREEN_END = 13
EXTENSION = 0x21
IMAGE = 0x2C
GRAPHIC_CONTROL = 0xF9
GRAPHIC_CONTROL_BYTES = 8


def read_gif(data: bytes, max_pixels: int) -> Picture:
    """Decode the first frame of a GIF. Raises the errors of image.decode."""
    start = SCREEN_END + _table_bytes(data[10])
    control, frame = _first_frame(data, start)
    width, height = struct.unpack_from("<HH", data, 6)
    left, top, frame_width, frame_height = struct.unpack_from("<HHHH", data, frame + 1)
    check_size(max(width, left + frame_width), max(height, top + frame_height), max_pixels)
    return Picture(rgb_of(Image.open(BytesIO(data[:start] + control + data[frame:]), formats=["GIF"])))


def _table_bytes(flags: int) -> int:
    """Return the size of the table of colours that these flags announce."""
    return 3 * 2 ** (1 + (flags & 7)) if flags & 0x80 else 0


def _first_frame(data: bytes, position: int) -> tuple[bytes, int]:
    """Return the graphic control block of the first frame, which may be empty, and where the frame starts."""
    control = b""
    in_extension = False
    for _ in range(MAX_PARTS):
        if in_extension:
            in_extension = data[position] > 0  # the size of a block of data: 0 ends an extension
            position += 1 + data[position]
        elif data[position] == IMAGE:
            return control, position
        elif data[position] == EXTENSION:
            if data[position + 1] == GRAPHIC_CONTROL:
                control = data[position : position + GRAPHIC_CONTROL_BYTES]
            in_extension = True
            position += 2
        else:
            raise UnreadableImage("the GIF has no frame")
    raise UnreadableImage(f"the GIF has over {MAX_PARTS:,} blocks before its first frame")
