"""An image's bytes become an upright RGB array, or are refused with the right error."""

import subprocess
import sys
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode, file_of

from face_emotion.image.decode import decode
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

MEMORY_OF_REFUSAL = """
import resource, sys
from io import BytesIO
from PIL import Image
from face_emotion.image.decode import decode
from musicalface_common.errors import ImageTooLarge
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = sys.stdin.buffer.read()
before = peak()
try:
    decode(data)
except ImageTooLarge:
    print(peak() - before)
"""


@pytest.mark.parametrize(("image_format", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_lossless_formats_give_their_exact_pixels(drawn: Pixels, image_format: str, options: dict[str, Any]) -> None:
    pixels = decode(encode(drawn, image_format, **options))
    assert pixels.dtype == np.uint8
    np.testing.assert_array_equal(pixels, drawn)


def test_16_bit_grey_is_scaled_not_clipped() -> None:
    grey = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    pixels = decode(file_of(Image.fromarray(grey), "PNG"))
    np.testing.assert_array_equal(pixels, np.repeat((grey // 256)[..., np.newaxis], 3, axis=2))


def test_16_bit_colour_is_scaled_not_clipped(drawn: Pixels) -> None:
    _, data = cv2.imencode(".png", drawn[..., ::-1].astype(np.uint16) * 256 + 77)
    np.testing.assert_array_equal(decode(data.tobytes()), drawn)


def test_transparent_grey_becomes_white() -> None:
    grey_alpha = np.array([[[40, 255], [40, 0]]], np.uint8)
    pixels = decode(encode(grey_alpha, "PNG"))
    assert pixels.tolist() == [[[40, 40, 40], [255, 255, 255]]]


def test_half_transparency_is_mixed_with_white() -> None:
    rgba = np.array([[[200, 0, 0, 128]]], np.uint8)
    np.testing.assert_allclose(decode(encode(rgba, "PNG"))[0, 0], [227, 127, 127], atol=1)


def test_transparent_palette_entry_is_white() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((1, 0), 1)
    pixels = decode(file_of(image, "PNG", transparency=0))
    assert pixels.tolist() == [[[255, 255, 255], [200, 100, 50]]]


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_black_and_white_grey_and_palette_become_rgb(mode: str) -> None:
    assert decode(file_of(Image.new("RGB", (3, 2), "white").convert(mode), "PNG")).tolist() == [[[255] * 3] * 3] * 2


def test_only_the_first_frame_of_an_animation_counts() -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    pixels = decode(file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True))
    assert (pixels == [255, 0, 0]).all()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [12, 40, 0.5, 0.95])
def test_truncated_images_are_unreadable(astronaut_rgb: Pixels, image_format: str, kept: float) -> None:
    data = encode(astronaut_rgb[:128, :128], image_format)
    with pytest.raises(UnreadableImage):
        decode(data[: int(kept if kept > 1 else len(data) * kept)])


def test_a_damaged_animation_prints_nothing(drawn: Pixels, capfd: pytest.CaptureFixture[str]) -> None:
    frames = [Image.fromarray(drawn), Image.fromarray(drawn[::-1])]
    data = bytearray(file_of(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    canvas = data.index(b"VP8X") + 12
    data[canvas : canvas + 6] = b"\x0f\0\0\x0f\0\0"  # smaller than the frames
    with pytest.raises(UnreadableImage):
        decode(bytes(data))
    assert capfd.readouterr().err == ""


def test_an_empty_body_is_unreadable() -> None:
    with pytest.raises(UnreadableImage, match="empty"):
        decode(b"")


@pytest.mark.parametrize("data", [b"just text", b"\xff\xd8 no jpeg", b"RIFF\0\0\0\0WAVE", b"<svg/>"])
def test_other_content_is_unsupported(data: bytes) -> None:
    with pytest.raises(UnsupportedImage):
        decode(data)


@pytest.mark.parametrize("size", [(5001, 5000), (10_000, 10_000), (20_000, 20_000)])
def test_over_25_megapixels_is_too_large(size: tuple[int, int]) -> None:
    with pytest.raises(ImageTooLarge, match="25 megapixels"):
        decode(file_of(Image.new("1", size), "PNG"))


def test_25_megapixels_are_read() -> None:
    assert decode(file_of(Image.new("1", (5000, 5000)), "PNG")).shape == (5000, 5000, 3)


def test_an_image_that_is_too_large_is_refused_before_it_takes_memory() -> None:
    bomb = file_of(Image.new("1", (20_000, 20_000)), "PNG")
    command = [sys.executable, "-c", MEMORY_OF_REFUSAL]
    grown = subprocess.run(command, input=bomb, capture_output=True, check=True).stdout
    assert int(grown) < 10_000, "kB"


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "GIF"])
def test_a_file_without_its_last_byte_is_read_if_its_pixels_are_complete(drawn: Pixels, image_format: str) -> None:
    palette = Image.fromarray(drawn).quantize(32).convert("RGB")
    data = file_of(palette, image_format, lossless=True)
    padded = data[:-1] if image_format != "WEBP" or data[-1] == 0 else data
    np.testing.assert_array_equal(decode(padded), np.asarray(palette))


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_what_follows_a_picture_does_not_matter(drawn: Pixels, image_format: str) -> None:
    data = encode(drawn, image_format)
    np.testing.assert_array_equal(decode(data + b"a film or a text" * 9), decode(data))


def test_a_png_with_two_headers_has_the_size_of_the_first(drawn: Pixels) -> None:
    data = encode(drawn, "PNG")
    other = encode(np.zeros((1, 1, 3), np.uint8), "PNG")[8:33]
    np.testing.assert_array_equal(decode(data[:33] + other + data[33:]), drawn)
