"""JPEGs of all kinds, whole and damaged: the same pixels as Pillow's, or a refusal."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.photos import Pixels, encode, file_of

from face_emotion.image.decode import decode
from musicalface_common.errors import UnreadableImage


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_jpeg_gives_nearly_its_pixels(drawn: Pixels, options: dict[str, Any]) -> None:
    pixels = decode(encode(drawn, "JPEG", quality=100, subsampling=0, **options))
    np.testing.assert_allclose(pixels.astype(int), drawn, atol=4)


def test_cmyk_jpeg_becomes_rgb(drawn: Pixels) -> None:
    pixels = decode(file_of(Image.fromarray(drawn).convert("CMYK"), "JPEG", quality=100, subsampling=0))
    np.testing.assert_allclose(pixels.astype(int), drawn, atol=6)


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
        "with a hole": intact[:middle] + intact[middle + 300 :],
        "with noise": intact[:middle] + bytes(range(1, 21)) + intact[middle + 20 :],
    }[damage]


@pytest.mark.parametrize("damage", ["cut off", "with a hole", "with noise"])
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


@pytest.mark.parametrize("missing", [1, 2])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_a_jpeg_that_misses_only_its_end_mark_is_read(
    astronaut_rgb: Pixels, options: dict[str, Any], missing: int
) -> None:
    data = encode(astronaut_rgb, **options)
    np.testing.assert_array_equal(decode(data[:-missing]), decode(data))


@pytest.mark.parametrize("missing", [3, 10, 200])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_that_misses_pixels_is_unreadable(astronaut_rgb: Pixels, mode: str, missing: int) -> None:
    data = file_of(Image.fromarray(astronaut_rgb).convert(mode), "JPEG")
    with pytest.raises(UnreadableImage):
        decode(data[:-missing])


def test_a_jpeg_that_the_decoder_gives_up_shows_no_pixels_of_the_previous_image(astronaut_rgb: Pixels) -> None:
    data = encode(astronaut_rgb, progressive=True)
    middle = data.index(b"\xff\xda", len(data) // 2)
    decode(encode(np.full_like(astronaut_rgb, 255)))
    with pytest.raises(UnreadableImage):
        decode(data[:middle] + b"\xff\x02" + data[middle:])


@pytest.mark.parametrize("factors", [(0x11, 0x31), (0x13, 0x11), (0x31, 0x11)])
def test_a_jpeg_of_rare_sampling_is_decoded_as_pillow_does(astronaut_rgb: Pixels, factors: tuple[int, int]) -> None:
    data = bytearray(encode(astronaut_rgb, subsampling=0))
    frame = data.index(b"\xff\xc0")
    data[frame + 11], data[frame + 14] = factors
    assert np.array_equal(decode(bytes(data)), np.asarray(Image.open(BytesIO(data)).convert("RGB")))


@pytest.mark.parametrize("options", [{"quality": 40}, {"progressive": True}])
def test_cmyk_is_decoded_as_pillow_does(astronaut_rgb: Pixels, options: dict[str, Any]) -> None:
    data = file_of(Image.fromarray(astronaut_rgb).convert("CMYK"), "JPEG", **options)
    assert np.array_equal(decode(data), np.asarray(Image.open(BytesIO(data)).convert("RGB")))


def test_a_jpeg_with_two_headers_is_unreadable(drawn: Pixels) -> None:
    data = encode(drawn)
    frame = data.index(b"\xff\xc0")
    larger = data[frame : frame + 5] + b"\xff\x00\xff\x00" + data[frame + 9 : frame + 19]
    for changed in (data[:frame] + larger + data[frame:], data[:-2] + larger + data[-2:]):
        with pytest.raises(UnreadableImage):
            decode(changed)
