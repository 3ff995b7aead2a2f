"""A photo is turned upright by its EXIF orientation."""

import struct
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode

from face_emotion.image.decode import decode

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
    np.testing.assert_allclose(decode(data).astype(int), drawn, atol=4)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_orientation_is_found_among_other_entries(drawn: Pixels, kind: str) -> None:
    exif = Image.Exif()
    exif[270], exif[274], exif[305] = "a picture", 6, "a program"
    for data in (
        encode(drawn, kind, exif=exif, lossless=True),
        encode(drawn, kind, exif=_big_endian(6), lossless=True),
    ):
        np.testing.assert_array_equal(decode(data), VIEWED[6](drawn))


def _big_endian(orientation: int) -> bytes:
    """Return EXIF data whose only entry is a long number, as some programs write it."""
    return b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHII", 274, 4, 1, orientation) + bytes(4)


def test_broken_exif_prints_nothing(drawn: Pixels, recwarn: pytest.WarningsRecorder) -> None:
    entries = b"".join(struct.pack(">HHII", tag, 7, 60_000, 8) for tag in range(300))
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 300) + entries
    decode(encode(drawn, exif=exif))
    assert not recwarn
