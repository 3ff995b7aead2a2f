"""The landmarks of FER2013's frame, and the tilt computed from landmarks."""

import math

import pytest

from face_emotion.crop import frame
from face_emotion.geometry import Box, Landmarks, Point

# Medians of YuNet's landmarks on enlarged FER2013 images, in pixels of 48.
FER2013 = [(15.1, 18.2), (32.9, 18.2), (24.0, 28.0), (16.7, 35.8), (31.3, 35.8)]


def placed(degrees: float, scale: float = 100, x: float = 40, y: float = -7) -> Landmarks:
    points = Landmarks(*(Point(x + scale * point.x, y + scale * point.y) for point in frame.LANDMARKS))
    return points.rotated(degrees)


def test_the_landmarks_lie_where_fer2013_has_them() -> None:
    assert [(48 * x, 48 * y) for x, y in frame.LANDMARKS] == [pytest.approx(place, abs=0.1) for place in FER2013]


def test_the_frame_is_as_large_as_the_longer_side_of_the_box() -> None:
    assert frame.side(Box(5, 6, 30, 40)) == 40


@pytest.mark.parametrize("degrees", [-170, -90, -30, -1, 0, 15, 45, 120])
@pytest.mark.parametrize("scale", [0.5, 100, 4000])
def test_the_tilt_is_the_rotation_at_any_size_and_place(degrees: float, scale: float) -> None:
    assert frame.tilt(placed(degrees, scale)) == pytest.approx(degrees, abs=1e-6)


def test_one_badly_placed_eye_does_not_decide_the_tilt() -> None:
    level = placed(0)
    moved = level._replace(left_eye=Point(level.left_eye.x, level.left_eye.y + 10))
    eyes = math.degrees(math.atan2(moved.left_eye.y - moved.right_eye.y, moved.left_eye.x - moved.right_eye.x))
    assert 0 < frame.tilt(moved) < eyes / 2


def test_a_face_without_landmarks_has_no_tilt() -> None:
    assert frame.tilt(None) == 0


def test_landmarks_that_all_coincide_have_no_tilt() -> None:
    assert frame.tilt(Landmarks(*[Point(7, 9)] * 5)) == 0


def test_eyes_that_coincide_do_not_change_the_tilt() -> None:
    level = placed(0)
    middle = Point((level.right_eye.x + level.left_eye.x) / 2, level.right_eye.y)
    assert frame.tilt(level._replace(right_eye=middle, left_eye=middle)) == pytest.approx(0, abs=1e-6)
