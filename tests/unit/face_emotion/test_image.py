"""An image's bytes become an upright RGB array, or are refused with the right error."""

import subprocess
import sys
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode

from face_emotion.image import decode
from musicalface_common.errors import ImageTooLarge, UnreadableImage, UnsupportedImage

# EXIF orientation (Exif 2.32, tag 274) to the image that a viewer makes of the stored pixels.
VIEWED: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.transpose(1, 0, 2),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: stored[::-1, ::-1].transpose(1, 0, 2),
    8: lambda stored: np.rot90(stored, 1),
}

MEMORY_OF_REFUSAL = """
import resource, sys
from io import BytesIO
from PIL import Image
from face_emotion.image import decode
from musicalface_common.errors import ImageTooLarge
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = sys.stdin.buffer.read()
before = peak()
try:
    decode(data)
except ImageTooLarge:
    print(peak() - before)
"""


@pytest.fixture(scope="module")
def drawn() -> Pixels:
    """Draw an image that changes with every rotation and flip."""
    y, x = np.mgrid[:32, :48]
    return np.stack([x * 5, y * 7, 255 - x * 2 - y], axis=-1).astype(np.uint8)


def file_of(image: Image.Image, image_format: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(("image_format", "options"), [("PNG", {}), ("WEBP", {"lossless": True})])
def test_lossless_formats_give_their_exact_pixels(drawn: Pixels, image_format: str, options: dict[str, Any]) -> None:
    pixels = decode(encode(drawn, image_format, **options))
    assert pixels.dtype == np.uint8
    np.testing.assert_array_equal(pixels, drawn)


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_jpeg_gives_nearly_its_pixels(drawn: Pixels, options: dict[str, Any]) -> None:
    pixels = decode(encode(drawn, "JPEG", quality=100, subsampling=0, **options))
    np.testing.assert_allclose(pixels.astype(int), drawn, atol=4)


@pytest.mark.parametrize("image_format", ["PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_turned_upright(drawn: Pixels, orientation: int, image_format: str) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    data = encode(drawn, image_format, exif=exif, lossless=True)
    np.testing.assert_array_equal(decode(data), VIEWED[orientation](drawn))


def test_the_exif_orientation_of_a_jpeg_is_applied(drawn: Pixels) -> None:
    exif = Image.Exif()
    exif[274] = 6
    pixels = decode(encode(drawn, "JPEG", quality=100, subsampling=0, exif=exif))
    np.testing.assert_allclose(pixels.astype(int), VIEWED[6](drawn), atol=4)


@pytest.mark.parametrize("exif", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff"])
def test_broken_exif_data_of_a_photo_is_ignored(drawn: Pixels, exif: bytes) -> None:
    data = encode(drawn, "JPEG", quality=100, subsampling=0, exif=exif)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.testing.assert_allclose(decode(data).astype(int), drawn, atol=4)


def test_cmyk_jpeg_becomes_rgb(drawn: Pixels) -> None:
    pixels = decode(file_of(Image.fromarray(drawn).convert("CMYK"), "JPEG", quality=100, subsampling=0))
    np.testing.assert_allclose(pixels.astype(int), drawn, atol=6)


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


def test_an_empty_body_is_unreadable() -> None:
    with pytest.raises(UnreadableImage, match="empty"):
        decode(b"")


@pytest.mark.parametrize("data", [b"just text", b"\xff\xd8 no jpeg", b"RIFF\0\0\0\0WAVE", b"<svg/>"])
def test_other_content_is_unsupported(data: bytes) -> None:
    with pytest.raises(UnsupportedImage):
        decode(data)


def test_other_image_formats_are_unsupported(drawn: Pixels) -> None:
    with pytest.raises(UnsupportedImage):
        decode(encode(drawn, "GIF"))


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


def test_a_jpeg_with_over_200_scans_is_refused(drawn: Pixels) -> None:
    data = encode(drawn, "JPEG", progressive=True)
    last_scan = data[data.rindex(b"\xff\xda") : -2]
    with pytest.raises(UnreadableImage, match="scans"):
        decode(data[:-2] + last_scan * 300 + data[-2:])


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"quality": 20}])
def test_a_jpeg_is_decoded_as_pillow_does(astronaut_rgb: Pixels, mode: str, options: dict[str, Any]) -> None:
    file = BytesIO()
    Image.fromarray(astronaut_rgb[:301, :203]).convert(mode).save(file, "JPEG", **options)
    assert np.array_equal(decode(file.getvalue()), np.asarray(Image.open(file).convert("RGB")))


def damaged(intact: bytes, damage: str) -> bytes:
    middle = len(intact) // 2
    return {
        "cut off": intact[:middle],
        "without its end": intact[:-2],
        "with a hole": intact[:middle] + intact[middle + 300 :],
        "with noise": intact[:middle] + bytes(range(1, 21)) + intact[middle + 20 :],
    }[damage]


@pytest.mark.parametrize("damage", ["cut off", "without its end", "with a hole", "with noise"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_a_damaged_jpeg_is_treated_as_pillow_does_and_shows_no_pixels_of_the_previous_image(
    astronaut_rgb: Pixels, damage: str, options: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    file = BytesIO()
    Image.fromarray(astronaut_rgb).save(file, "JPEG", **options)
    data = damaged(file.getvalue(), damage)
    decode(encode(np.full_like(astronaut_rgb, 255)))
    try:
        expected = np.asarray(Image.open(BytesIO(data)).convert("RGB"))
    except OSError:
        with pytest.raises(UnreadableImage):
            decode(data)
    else:
        assert np.array_equal(decode(data), expected)
    assert capfd.readouterr().err == ""
