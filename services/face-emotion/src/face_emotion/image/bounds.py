"""How large a picture may be. Every reader checks this before it decodes a pixel."""

from musicalface_common.errors import ImageTooLarge

MAX_PIXELS = 25_000_000
MAX_SIDE = 65_535  # what a JPEG can hold: longer pictures have millions of rows, and each row costs time
MAX_PARTS = 10_000  # segments, chunks or blocks: a photo has tens, a PNG written in pieces of 1 KiB has thousands


def check_size(width: int, height: int, max_pixels: int) -> None:
    """Raise ImageTooLarge for more than `max_pixels` or a side of over MAX_SIDE pixels."""
    if width * height > max_pixels:
        raise ImageTooLarge(f"the image has more than {max_pixels / 1e6:g} megapixels")
    if max(width, height) > MAX_SIDE:
        raise ImageTooLarge(f"a side of the image is longer than {MAX_SIDE:,} pixels")
