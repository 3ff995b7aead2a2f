"""JPEG: its segments tell what decoding costs. libjpeg-turbo decodes it, once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image
from simplejpeg import decode_jpeg, decode_jpeg_header

from face_emotion.image.bounds import MAX_PARTS, check_size
from face_emotion.image.orientation import Picture
from face_emotion.image.strips import rgb_of, rgb_of_rows
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

MAX_SCANS = 200
# Each scan passes over every sample of its components, even if it holds nothing: up to 45 ms for 25 million. The ten
# scans of a usual progressive photo (4:2:0) pass over 8 samples a pixel, with full colours (4:4:4) over 14.
MAX_SAMPLES_PER_PIXEL = 10

# The markers that libjpeg does not skip. Restarts and stuffed bytes stand in entropy-coded data.
MARKER = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
FRAMES = range(0xC0, 0xD0)
NO_FRAMES = (0xC4, 0xC8, 0xCC)
HUFFMAN_FRAMES = (0xC0, 0xC1, 0xC2)
END_OF_IMAGE = 0xD9
START_OF_SCAN = 0xDA
APP1 = 0xE1
# Comments and application data say nothing about pixels, except Adobe's colours in APP14.
METADATA = (*range(0xE0, 0xEE), 0xEF, 0xFE)
EXIF = b"Exif\0\0"


class Segment(NamedTuple):
    """A marker, where it starts, and what it holds. Entropy-coded data lies between a scan and the next segment."""

    marker: int
    start: int
    body: bytes


@dataclass
class Outline:
    """What the segments say of a JPEG.

    `sampling` has the samples a pixel of each component. `samples` counts those that all scans pass over.
    """

    width: int = 0
    height: int = 0
    components: int = 0
    sampling: dict[int, float] = field(default_factory=dict)
    scans: int = 0
    samples: float = 0
    exif: bytes = b""
    complete: bool = False


def read_jpeg(data: bytes, max_pixels: int) -> Picture:
    """Decode a JPEG; of several in one file (MPO) the first. Raises the errors of image.decode."""
    outline = _outline(data)
    check_size(outline.width, outline.height, max_pixels)
    if outline.samples > MAX_SAMPLES_PER_PIXEL * max_pixels:
        raise ImageTooLarge(f"the JPEG has too many pixels for its {outline.scans} scans: save it without progression")
    return Picture(_pixels(data, outline), outline.exif)


def _segments(data: bytes) -> Iterator[Segment]:
    """Yield the segments up to the end of the image, or to the end of the data."""
    position = 2
    for _ in range(MAX_PARTS):
        found = MARKER.search(data, position)
        if found is None:
            return
        marker, start = data[found.start() + 1], found.start()
        if marker == END_OF_IMAGE:
            yield Segment(marker, start, b"")
            return
        length = max(2, int.from_bytes(data[start + 2 : start + 4]))
        position = start + 2 + length
        yield Segment(marker, start, data[start + 4 : position])
    raise UnreadableImage(f"the JPEG has over {MAX_PARTS:,} segments")


def _outline(data: bytes) -> Outline:
    outline = Outline()
    for segment in _segments(data):
        if segment.marker in FRAMES and segment.marker not in NO_FRAMES:
            _add_frame(outline, segment)
        elif segment.marker == START_OF_SCAN:
            _add_scan(outline, segment.body)
        elif segment.marker == APP1 and segment.body.startswith(EXIF):
            outline.exif = outline.exif or segment.body
        elif segment.marker == END_OF_IMAGE:
            outline.complete = True
    if not outline.scans:
        raise UnreadableImage("the JPEG header is damaged or truncated")
    return outline


def _add_frame(outline: Outline, segment: Segment) -> None:
    if outline.components:
        raise UnreadableImage("the JPEG has two headers")
    body, count = segment.body, len(segment.body[6:]) // 3
    if segment.marker not in HUFFMAN_FRAMES or body[0] != 8 or count not in (1, 3, 4):
        raise UnsupportedImage("the JPEG is arithmetic-coded, lossless, of 12 bits or of other rare kind: save it anew")
    outline.height, outline.width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
    factors = [divmod(factor, 16) for factor in body[7 : 6 + 3 * count : 3]]
    full = max(h for h, _ in factors) * max(v for _, v in factors)
    shares = sorted(zip((h * v / full for h, v in factors), body[6 : 6 + 3 * count : 3], strict=True))
    outline.components, outline.sampling = count, {component: share for share, component in shares}


def _add_scan(outline: Outline, body: bytes) -> None:
    outline.scans += 1
    if outline.scans > MAX_SCANS:
        raise UnreadableImage(f"the JPEG has over {MAX_SCANS} scans")
    shares = (outline.sampling.get(component, 1) for component in body[1 : 1 + 2 * body[0] : 2])
    outline.samples += outline.width * outline.height * sum(shares)


def _pixels(data: bytes, outline: Outline) -> npt.NDArray[np.uint8]:
    """Decode, as libjpeg does, what is damaged but complete. Refuse what misses more than its last two bytes."""
    if not _has_known_sampling(data):
        return rgb_of(Image.open(BytesIO(_without_metadata(data)), formats=["JPEG"]))
    whole = data if outline.complete else data + bytes((0xFF, END_OF_IMAGE))
    if outline.components == 4:
        return _rgb_of_cmyk(_decoded(whole, outline, "CMYK"))
    return _decoded(whole, outline, "RGB")


def _decoded(data: bytes, outline: Outline, colours: str) -> npt.NDArray[np.uint8]:
    """Decode with libjpeg-turbo. If it gives up, only the last row tells so, unless it is strict."""
    pixels = np.empty((outline.height, outline.width, len(colours)), np.uint8)
    pixels[-1] = unwritten = np.random.default_rng(0).integers(0, 256, pixels[-1].shape)
    decode_jpeg(data, colours, strict=not outline.complete, buffer=pixels)
    if np.array_equal(pixels[-1], unwritten):
        raise UnreadableImage("the JPEG is damaged")
    return pixels


def _has_known_sampling(data: bytes) -> bool:
    """Return whether simplejpeg decodes it: not three samples for two, for example, which Pillow decodes."""
    try:
        decode_jpeg_header(data)
    except ValueError:
        return False
    return True


def _without_metadata(data: bytes) -> bytes:
    """Return the JPEG without what Pillow reads slowly before the first scan: metadata and fill bytes."""
    header = [*takewhile(lambda segment: segment.marker != START_OF_SCAN, _segments(data))]
    kept = (segment for segment in header if segment.marker not in METADATA)
    scans = data[data.index(b"\xff\xda", header[-1].start + 4 + len(header[-1].body)) :]
    return b"".join((data[:2], *(data[part.start : part.start + 4 + len(part.body)] for part in kept), scans))


def _rgb_of_cmyk(cmyk: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    # Adobe stores inverted colours, and everybody follows.
    height, width = cmyk.shape[:2]
    return rgb_of_rows(width, height, lambda top, bottom: Image.fromarray(255 - cmyk[top:bottom], "CMYK"))
