"""WebP: only the chunks that the first frame needs reach OpenCV.

OpenCV takes half of the time and a third of the memory of Pillow, which reads every photo as an animation.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from face_emotion.image.bounds import MAX_PARTS, check_size
from face_emotion.image.orientation import Picture
from face_emotion.image.strips import rgb_of_rows
from musicalface_common.errors import ImageTooLarge, UnreadableImage

FILE_HEADER = 12
FRAME_HEADER = 16
FRAME = b"ANMF"
PIXEL_CHUNKS = (b"VP8X", b"ALPH", b"VP8 ", b"VP8L", b"ANIM", FRAME)
# Lossless coding, of a picture or of its transparency, may hold 65,536 sets of code tables, which take 0.6 s.
LOSSLESS_CHUNKS = (b"VP8L", b"ALPH")
LOSSLESS_SHARE = 0.5

# A damaged picture is an answer to the client, not a line of OpenCV's own in the log.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class Chunk(NamedTuple):
    """A chunk's type and content."""

    kind: bytes
    body: bytes


def read_webp(data: bytes, max_pixels: int) -> Picture:
    """Decode a WebP; of an animation the first frame. Raises the errors of image.decode."""
    size = 8 + int.from_bytes(data[4:8], "little")  # other bytes may follow
    chunks = [*_chunks(data[:size], FILE_HEADER)]
    kept = _first_frame(chunks)
    if not kept:
        raise UnreadableImage("the WebP header is damaged or truncated")
    _check_cost(kept, max_pixels)
    still = _chunk(b"RIFF", b"WEBP" + b"".join(_chunk(chunk.kind, chunk.body) for chunk in kept))
    exif = next((chunk.body for chunk in chunks if chunk.kind == b"EXIF"), b"")
    return Picture(_rgb(cv2.imdecode(np.frombuffer(still, np.uint8), cv2.IMREAD_UNCHANGED)), exif)


def _chunks(data: bytes, start: int) -> Iterator[Chunk]:
    for _ in range(MAX_PARTS):
        if start + 8 > len(data):
            return
        size = int.from_bytes(data[start + 4 : start + 8], "little")
        body = data[start + 8 : start + 8 + size]
        if len(body) < size:
            raise UnreadableImage("the WebP is truncated")
        yield Chunk(data[start : start + 4], body)
        start += 8 + size + size % 2
    raise UnreadableImage(f"the WebP has over {MAX_PARTS:,} chunks")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)


def _first_frame(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Return the chunks of a still photo, or of an animation up to its first frame."""
    kept = [chunk for chunk in chunks if chunk.kind in PIXEL_CHUNKS]
    frames = [index for index, chunk in enumerate(kept) if chunk.kind == FRAME]
    return kept[: frames[0] + 1] if frames else kept


def _check_cost(kept: Sequence[Chunk], max_pixels: int) -> None:
    width, height = _size(kept[0])
    check_size(width, height, max_pixels)
    parts = [part for chunk in kept for part in (_chunks(chunk.body, FRAME_HEADER) if chunk.kind == FRAME else [chunk])]
    lossless = any(part.kind in LOSSLESS_CHUNKS for part in parts)
    if lossless and width * height > LOSSLESS_SHARE * max_pixels:
        limit = LOSSLESS_SHARE * max_pixels / 1e6
        raise ImageTooLarge(f"a WebP without loss or with transparency may have {limit:g} megapixels: send a JPEG")


def _size(first: Chunk) -> tuple[int, int]:
    """Return width and height, which the first chunk of a WebP declares (RFC 9649)."""
    kind, body = first.kind, first.body
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if kind == b"VP8L":
        sides = int.from_bytes(body[1:5], "little")
        return 1 + (sides & 0x3FFF), 1 + (sides >> 14 & 0x3FFF)
    raise UnreadableImage("the WebP header is damaged or truncated")


def _rgb(pixels: npt.NDArray[Any] | None) -> npt.NDArray[np.uint8]:
    """Turn OpenCV's BGR or BGRA into RGB. It returns None for what it cannot decode."""
    if pixels is None:
        raise UnreadableImage("the image is damaged or truncated")
    height, width, channels = pixels.shape
    if channels == 3:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels), np.uint8)
    return rgb_of_rows(width, height, lambda top, bottom: _rgba_image(pixels[top:bottom]))


def _rgba_image(bgra: npt.NDArray[Any]) -> Image.Image:
    return Image.fromarray(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGBA))
