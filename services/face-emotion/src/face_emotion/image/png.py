"""PNG: only the chunks that pixels need reach Pillow, not texts, profiles and further frames."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from face_emotion.image.bounds import MAX_PARTS, check_size
from face_emotion.image.orientation import Picture
from face_emotion.image.strips import rgb_of
from musicalface_common.errors import ImageTooLarge, UnreadableImage

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER_BYTES = 13
PIXEL_CHUNKS = (b"PLTE", b"tRNS", b"IDAT")
END = bytes(4) + b"IEND\xae\x42\x60\x82"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type to samples a pixel

# Cost is counted in unpacked bytes. A packed byte costs as much as 12 of them in a block of nothing but code tables.
PACKED_BYTE_COST = 12
MAX_COST_PER_PIXEL = 5  # an RGBA photo of 25 megapixels and 2 MB, or an RGB photo of 8 megapixels and 8 MB


class Chunk(NamedTuple):
    """A chunk's type, and where it lies in the file, with its length and checksum."""

    kind: bytes
    start: int
    end: int


def read_png(data: bytes, max_pixels: int) -> Picture:
    """Decode a PNG; of an animation the still image. Raises the errors of image.decode."""
    chunks = [*_chunks(data)]
    _check_cost(data, chunks, max_pixels)
    kept = (data[chunk.start : chunk.end] for chunk in chunks[:1] + [c for c in chunks if c.kind in PIXEL_CHUNKS])
    pixels = BytesIO(b"".join((SIGNATURE, *kept, END)))
    return Picture(rgb_of(Image.open(pixels, formats=["PNG"])), _exif(data, chunks))


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks up to the end of the image, or to the end of the data."""
    start = len(SIGNATURE)
    for _ in range(MAX_PARTS):
        kind = data[start + 4 : start + 8]
        if len(kind) < 4 or kind == b"IEND":
            return
        end = start + 12 + int.from_bytes(data[start : start + 4])
        yield Chunk(kind, start, end)
        start = end
    raise UnreadableImage(f"the PNG has over {MAX_PARTS:,} chunks")


def _check_cost(data: bytes, chunks: Sequence[Chunk], max_pixels: int) -> None:
    if not chunks or chunks[0].kind != b"IHDR" or chunks[0].end - chunks[0].start != 12 + HEADER_BYTES:
        raise UnreadableImage("the PNG header is damaged or truncated")
    header = data[chunks[0].start + 8 : chunks[0].end]
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    check_size(width, height, max_pixels)
    unpacked = height * (1 + width * header[8] * SAMPLES[header[9]] // 8)
    packed = sum(chunk.end - chunk.start for chunk in chunks if chunk.kind == b"IDAT")
    if unpacked + PACKED_BYTE_COST * packed > MAX_COST_PER_PIXEL * max_pixels:
        raise ImageTooLarge("the PNG takes too long to unpack: send a JPEG, or fewer pixels")


def _exif(data: bytes, chunks: Sequence[Chunk]) -> bytes:
    return next((data[chunk.start + 8 : chunk.end - 4] for chunk in chunks if chunk.kind == b"eXIf"), b"")
