"""Fixed expected values: serving makes exactly the network input that training made."""

import numpy as np
import pytest
from support.photos import Pixels

from face_emotion.crop.preprocessing import Preprocessing

# Every sixth pixel of the drawn crop, before and after contrast equalisation.
PLAIN = [
    [60, 66, 72, 78, 84, 90, 96, 102],
    [62, 68, 74, 80, 86, 92, 98, 104],
    [64, 70, 76, 82, 88, 94, 100, 106],
    [66, 72, 78, 124, 130, 136, 102, 108],
    [68, 74, 80, 126, 132, 138, 104, 110],
    [70, 76, 82, 128, 134, 140, 106, 112],
    [72, 78, 84, 90, 96, 102, 108, 114],
    [74, 80, 86, 92, 98, 104, 110, 116],
]
EQUALISED = [
    [64, 88, 96, 96, 102, 110, 117, 117],
    [71, 92, 99, 106, 106, 114, 120, 128],
    [78, 92, 99, 102, 103, 108, 119, 128],
    [78, 99, 97, 149, 160, 168, 113, 128],
    [78, 99, 102, 145, 149, 165, 115, 128],
    [78, 99, 106, 156, 160, 174, 118, 135],
    [85, 99, 106, 110, 110, 115, 126, 135],
    [85, 106, 106, 114, 120, 128, 128, 135],
]


@pytest.fixture(scope="module")
def drawn() -> Pixels:
    """Draw a disc on a grey ramp: uint8 (1, 48, 48)."""
    y, x = np.mgrid[:48, :48]
    disc = 40 * ((x - 24) ** 2 + (y - 24) ** 2 < 100)
    return np.asarray(60 + x + 2 * (y // 6) + disc, np.uint8)[np.newaxis]


@pytest.mark.parametrize(("clahe", "expected"), [(False, PLAIN), (True, EQUALISED)])
def test_grey_values_are_exactly_the_expected_ones(drawn: Pixels, clahe: bool, expected: list[list[int]]) -> None:
    made = Preprocessing(scale=1, clahe=clahe)(drawn)
    assert made[0, ::6, ::6, 0].tolist() == expected


def test_by_default_values_are_0_to_1_and_not_equalised(drawn: Pixels) -> None:
    made = Preprocessing()(drawn)
    assert made.dtype == np.float32
    assert made.shape == (1, 48, 48, 1)
    np.testing.assert_allclose(made[0, ::6, ::6, 0], np.array(PLAIN) / 255, rtol=1e-6)


def test_black_and_white_are_0_and_1() -> None:
    crops = np.array([0, 255], np.uint8)[:, np.newaxis, np.newaxis].repeat(48, 1).repeat(48, 2)
    made = Preprocessing()(crops)
    assert made[0].max() == 0
    assert made[1].min() == pytest.approx(1)


def test_crops_are_equalised_independently(drawn: Pixels) -> None:
    dark = drawn // 2
    together = Preprocessing(clahe=True)(np.concatenate([drawn, dark]))
    np.testing.assert_array_equal(together[1:], Preprocessing(clahe=True)(dark))


def test_the_crops_themselves_are_not_changed(drawn: Pixels) -> None:
    before = drawn.copy()
    Preprocessing(clahe=True)(drawn)
    np.testing.assert_array_equal(drawn, before)


@pytest.mark.parametrize("clahe", [False, True])
def test_no_crops_make_no_input(clahe: bool) -> None:
    assert Preprocessing(clahe=clahe)(np.empty((0, 48, 48), np.uint8)).shape == (0, 48, 48, 1)


@pytest.mark.parametrize(("shape", "dtype"), [((1, 48, 47), np.uint8), ((48, 48), np.uint8), ((1, 48, 48), np.float32)])
def test_other_crops_are_refused(shape: tuple[int, ...], dtype: type[np.generic]) -> None:
    with pytest.raises(ValueError, match="uint8"):
        Preprocessing()(np.zeros(shape, dtype))
