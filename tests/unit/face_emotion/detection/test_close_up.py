"""What a second look at a face shows, and what is taken from it."""

import numpy as np
import pytest

from face_emotion.crop import frame
from face_emotion.detection.close_up import SIDE, close_up, seen_again, turned_back
from face_emotion.geometry import Box, Face, Landmarks, Point

BOX = Box(100, 100, 80, 100)
POINTS = Landmarks(*(Point(90 + 100 * x, 100 + 100 * y) for x, y in frame.LANDMARKS))


@pytest.mark.parametrize("height", [12, 100, 700])
def test_a_face_fills_the_picture_at_any_size(height: int) -> None:
    rgb = np.zeros((900, 900, 3), np.uint8)
    picture, scale, origin = close_up(rgb, Face(Box(50.3, 60.6, height * 0.8, height)))
    assert SIDE <= picture.shape[0] <= SIDE * (1 + 2 / height) + 1
    assert SIDE * 0.9 <= picture.shape[1] <= SIDE * (1 + 2 / height) + 1
    assert scale.x == pytest.approx(SIDE / height, rel=0.02)
    assert (origin.x, origin.y) == (max(0, int(50.3 - height * 0.1)), 60)


@pytest.mark.parametrize("box", [Box(-90, -90, 100, 100), Box(9, 9, 0.1, 0.1), Box(-900, -900, 2000, 2000)])
def test_odd_boxes_give_a_picture(box: Box) -> None:
    picture, _, _ = close_up(np.zeros((10, 10, 3), np.uint8), Face(box))
    assert 0 < picture.size <= (SIDE + 1) ** 2 * 3 * 4


def assert_alike(found: Landmarks | None, expected: Landmarks) -> None:
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=0.1)


def test_the_way_into_the_picture_leads_back() -> None:
    face = Face(BOX, POINTS, 0.8)
    _, scale, origin = close_up(np.zeros((300, 300, 3), np.uint8), face)
    back = face.mapped(scale, origin).mapped_back(scale, origin)
    assert_alike(back.landmarks, POINTS)


def test_the_surest_face_in_the_same_place_counts() -> None:
    aside = Box(BOX.x + 30, BOX.y, BOX.width, BOX.height)
    seen = [Face(aside, POINTS, 0.99), Face(BOX, POINTS, 0.9), Face(BOX, POINTS, 0.5)]
    assert seen_again(Face(BOX, POINTS), seen) is seen[1]


def test_a_face_that_is_not_seen_again_is_none() -> None:
    assert seen_again(Face(BOX, POINTS), []) is None


def test_a_picture_is_turned_back_by_what_its_face_is_turned() -> None:
    picture = np.zeros((101, 101, 3), np.uint8)
    # Clockwise of the middle's right by 30 degrees, as the y axis points down.
    picture[70, 85] = 255
    level = turned_back(picture, Point(50.5, 50.5), 30)[..., 0].astype(float)
    row, column = np.unravel_index(level.argmax(), level.shape)
    assert (row, column) == pytest.approx((50, 90), abs=1)
