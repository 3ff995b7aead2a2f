"""The format of a picture by its content: file names and content types can be wrong."""

import re
from collections.abc import Mapping
from enum import StrEnum

from musicalface_common.errors import UnreadableImage, UnsupportedImage

# Scripts and editors put line breaks and byte-order marks in front of what they handle as text.
TEXT_MARKS = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|[\r\n]){1,8}")


class Format(StrEnum):
    """The formats that are read."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    BMP = "BMP"


READ: Mapping[Format, re.Pattern[bytes]] = {
    Format.JPEG: re.compile(rb"\xff\xd8\xff"),
    Format.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Format.WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
    Format.GIF: re.compile(rb"GIF8[79]a"),
    Format.BMP: re.compile(rb"BM.{4}\x00{4}", re.DOTALL),
}
FORMATS = f"{', '.join([*READ][:-1])} or {[*READ][-1]}"

HEIC_IS_NOT_READ = (
    "HEIC photos are not read, send a JPEG. iPhone: Settings, Camera, Formats, Most Compatible. "
    "Mac: `sips -s format jpeg photo.heic --out photo.jpg`. Elsewhere: `heif-convert photo.heic photo.jpg`"
)
NOT_READ: Mapping[str, re.Pattern[bytes]] = {
    "AVIF": re.compile(rb".{4}ftyp(?:avif|avis|.{8,40}avif)", re.DOTALL),
    "HEIC": re.compile(rb".{4}ftyp(?:he|mif1|msf1)", re.DOTALL),
    "video": re.compile(rb".{4}ftyp|\x1aE\xdf\xa3", re.DOTALL),
    "TIFF": re.compile(rb"II\*\x00|MM\x00\*"),
    "JPEG XL": re.compile(rb"\xff\x0a|\x00{3}\x0cJXL "),
    "JPEG 2000": re.compile(rb"\xff\x4f\xff\x51|\x00{3}\x0cjP  "),
    "PDF": re.compile(rb"%PDF"),
    "SVG": re.compile(rb"<svg|<\?xml"),
}


def sniff(data: bytes) -> Format:
    """Return the format of a picture. Raises UnreadableImage for no data, UnsupportedImage for anything else."""
    if not data:
        raise UnreadableImage("the image is empty")
    for image_format, signature in READ.items():
        if signature.match(data):
            return image_format
    name = next((name for name, signature in NOT_READ.items() if signature.match(data)), None)
    if name == "HEIC":
        raise UnsupportedImage(HEIC_IS_NOT_READ)
    subject = f"{name} is not read: send" if name else "the content is not"
    raise UnsupportedImage(f"{subject} a {FORMATS} image")


def without_text_marks(data: bytes) -> bytes:
    """Return the data from its first byte that is no line break or byte-order mark; at most eight of these go."""
    marks = TEXT_MARKS.match(data)
    return data[marks.end() :] if marks else data
