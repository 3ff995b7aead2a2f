"""Which formats are read, whatever comes before the first byte, and what those are told whose format is not."""

import struct

import numpy as np
import pytest
from PIL import Image
from support.photos import encode, file_of

from face_emotion.image.decode import decode
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.fixture(scope="module")
def palette() -> Image.Image:
    """A picture of 32 colours without symmetry."""
    y, x = np.mgrid[:32, :48]
    return Image.fromarray(np.stack([x * 5, y * 7, x * y % 251], axis=-1).astype(np.uint8)).quantize(32)


@pytest.mark.parametrize("marks", [b"\n", b"\r\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_line_breaks_and_byte_order_marks_before_a_picture_are_skipped(
    palette: Image.Image, kind: str, marks: bytes
) -> None:
    data = file_of(palette.convert("RGB"), kind)
    np.testing.assert_array_equal(decode(marks + data), decode(data))


def test_other_bytes_before_a_picture_are_not_skipped(astronaut: bytes) -> None:
    for prefix in (b"x", b"\n" * 9, b"\0"):
        with pytest.raises(UnsupportedImage):
            decode(prefix + astronaut)


@pytest.mark.parametrize("options", [{}, {"interlace": 0}, {"comment": "x" * 1000}])
def test_a_gif_gives_its_exact_pixels(palette: Image.Image, options: dict[str, object]) -> None:
    np.testing.assert_array_equal(decode(file_of(palette, "GIF", **options)), np.asarray(palette.convert("RGB")))


def test_of_an_animated_gif_the_first_frame_counts(palette: Image.Image) -> None:
    data = file_of(palette, "GIF", save_all=True, append_images=[palette.rotate(180)], duration=50)
    np.testing.assert_array_equal(decode(data), np.asarray(palette.convert("RGB")))


def test_the_transparent_colour_of_a_gif_is_white(palette: Image.Image) -> None:
    clear = palette.getpixel((0, 0))
    pixels = decode(file_of(palette, "GIF", transparency=clear))
    assert (pixels[np.asarray(palette) == clear] == 255).all()


@pytest.mark.parametrize("kept", [14, 100, 0.9])
def test_a_truncated_gif_is_unreadable(palette: Image.Image, kept: float) -> None:
    data = file_of(palette, "GIF")
    with pytest.raises(UnreadableImage):
        decode(data[: int(kept if kept > 1 else len(data) * kept)])


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_a_bmp_gives_its_exact_pixels(palette: Image.Image, mode: str) -> None:
    image = palette.convert(mode)
    np.testing.assert_array_equal(decode(file_of(image, "BMP")), np.asarray(image.convert("RGB")))


def test_a_truncated_bmp_is_unreadable(palette: Image.Image) -> None:
    data = file_of(palette, "BMP")
    for kept in (20, 60, len(data) - 40):
        with pytest.raises(UnreadableImage):
            decode(data[:kept])


def test_a_compressed_bmp_is_unsupported(palette: Image.Image) -> None:
    data = file_of(palette, "BMP")
    with pytest.raises(UnsupportedImage, match="compressed"):
        decode(data[:30] + b"\1" + data[31:])


@pytest.mark.parametrize(
    ("kind", "at", "size"),
    [("GIF", 6, struct.pack("<HH", 20_000, 20_000)), ("BMP", 18, struct.pack("<ii", 20_000, -20_000))],
)
def test_the_size_is_checked_before_decoding(palette: Image.Image, kind: str, at: int, size: bytes) -> None:
    data = file_of(palette, kind)
    with pytest.raises(ImageTooLarge, match="25 megapixels"):
        decode(data[:at] + size + data[at + len(size) :])


def test_a_side_longer_than_a_jpeg_can_be_is_too_large() -> None:
    with pytest.raises(ImageTooLarge, match="65,535"):
        decode(file_of(Image.new("1", (70_000, 2)), "PNG"))


@pytest.mark.parametrize("data", [HEIC, HEIC.replace(b"ftypheic", b"ftypmif1"), HEIC.replace(b"ftypheic", b"ftypheix")])
def test_a_heic_photo_is_refused_with_ways_to_convert_it(data: bytes) -> None:
    with pytest.raises(UnsupportedImage, match=r"HEIC.*JPEG.*Most Compatible.*sips.*heif-convert"):
        decode(data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("AVIF", encode(np.zeros((8, 8, 3), np.uint8), "AVIF")),
        ("TIFF", encode(np.zeros((8, 8, 3), np.uint8), "TIFF")),
        ("JPEG 2000", encode(np.zeros((8, 8, 3), np.uint8), "JPEG2000")),
        ("JPEG XL", b"\xff\x0a0123"),
        ("video", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "),
        ("PDF", b"%PDF-1.7"),
        ("SVG", b'<?xml version="1.0"?><svg/>'),
    ],
)
def test_a_known_format_that_is_not_read_is_named_with_those_that_are(name: str, data: bytes) -> None:
    with pytest.raises(UnsupportedImage, match=f"{name} is not read: send a JPEG, PNG, WebP, GIF or BMP image"):
        decode(data)


def test_an_unknown_format_is_told_what_is_read() -> None:
    with pytest.raises(UnsupportedImage, match="the content is not a JPEG, PNG, WebP, GIF or BMP image"):
        decode(b"this is no photo")
