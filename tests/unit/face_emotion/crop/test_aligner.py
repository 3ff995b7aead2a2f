"""A crop shows the right place of the image, and the face in it is level."""

import cv2
import numpy as np
import pytest
from support.photos import Pixels

from face_emotion.crop import frame
from face_emotion.crop.aligner import crop, crop_faces
from face_emotion.geometry import Box, Face, Landmarks, Point

# The landmarks of skimage's astronaut.
LEVEL = Landmarks(Point(200, 102), Point(247, 102), Point(222, 126), Point(204, 146), Point(240, 146))


@pytest.fixture(scope="module")
def ramp() -> Pixels:
    """Grey values that rise by 2 per pixel to the right, and by 1 per two pixels downwards."""
    y, x = np.mgrid[:100, :100]
    return np.repeat((x * 2 + y // 2)[..., np.newaxis], 3, axis=2).astype(np.uint8)


def grey_square(rgb: Pixels, x: int, y: int, side: int) -> Pixels:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)[y : y + side, x : x + side]


def test_a_box_of_the_crop_s_size_is_not_resized(ramp: Pixels) -> None:
    taken = crop(ramp, Face(Box(20, 30, 48, 48)))
    assert taken.dtype == np.uint8
    np.testing.assert_array_equal(taken, grey_square(ramp, 20, 30, 48))


def test_a_larger_box_is_averaged_by_area(ramp: Pixels) -> None:
    area = grey_square(ramp, 2, 3, 96).reshape(48, 2, 48, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(crop(ramp, Face(Box(2, 3, 96, 96))), area, atol=1)


def test_a_narrow_box_is_widened_to_a_square_around_its_centre(ramp: Pixels) -> None:
    np.testing.assert_array_equal(crop(ramp, Face(Box(30, 30, 28, 48))), crop(ramp, Face(Box(20, 30, 48, 48))))


def test_the_edge_is_repeated_where_the_box_extends_beyond_the_image(ramp: Pixels) -> None:
    taken = crop(ramp, Face(Box(-20, 70, 48, 48)))
    inside = grey_square(ramp, 0, 0, 100)[70:, :28]
    np.testing.assert_array_equal(taken, np.pad(inside, ((0, 18), (20, 0)), mode="edge"))


def test_colours_become_grey_by_their_luminance() -> None:
    red = np.full((60, 60, 3), (200, 0, 0), np.uint8)
    assert (crop(red, Face(Box(0, 0, 48, 48))) == round(200 * 0.299)).all()


@pytest.mark.parametrize("degrees", [-40, -25, 15, 90, 180])
def test_a_tilted_face_is_level_in_its_crop(astronaut_rgb: Pixels, degrees: int) -> None:
    box = Box(173, 63, 100, 100)
    tilted, landmarks = rotate_image(astronaut_rgb, box, degrees), rotate_landmarks(LEVEL, box.centre, degrees)
    upright = crop(astronaut_rgb, Face(box, LEVEL))
    assert correlation(upright, crop(tilted, Face(box, landmarks))) > 0.98
    assert correlation(upright, crop(tilted, Face(box))) < 0.75


@pytest.mark.parametrize("degrees", [-60, -30, -15, 0, 15, 30, 60])
def test_the_crop_of_a_drawn_face_has_its_landmarks_where_fer2013_has_them(degrees: int) -> None:
    box = Box(110, 90, 144, 192)
    corner = Point(box.centre.x - 96, box.centre.y - 96)
    level = Landmarks(*(Point(corner.x + 192 * x, corner.y + 192 * y) for x, y in frame.LANDMARKS))
    landmarks = rotate_landmarks(level, box.centre, degrees)
    taken = crop(draw_spots(landmarks), Face(box, landmarks))
    for x, y in frame.LANDMARKS:
        column, row = int(48 * x), int(48 * y)
        assert taken[row, column] > 200
    assert (taken > 100).mean() < 0.05


@pytest.mark.parametrize("points", [[Point(50, 50)] * 5, [Point(-1e4, 1e4)] * 5, [Point(50, 50), *[Point(51, 50)] * 4]])
def test_degenerate_landmarks_give_a_crop(ramp: Pixels, points: list[Point]) -> None:
    taken = crop(ramp, Face(Box(20, 30, 48, 48), Landmarks(*points)))
    assert taken.shape == (48, 48)
    assert taken.std() > 1


def draw_spots(landmarks: Landmarks) -> Pixels:
    """Draw a white spot at each landmark of a black image."""
    rgb = np.zeros((400, 400, 3), np.uint8)
    for x, y in landmarks:
        cv2.circle(rgb, (round(x), round(y)), 7, (255, 255, 255), cv2.FILLED)
    return rgb


def rotate_image(rgb: Pixels, box: Box, degrees: float) -> Pixels:
    """Rotate an image clockwise around the middle of a box."""
    rotation = cv2.getRotationMatrix2D((box.centre.x - 0.5, box.centre.y - 0.5), -degrees, 1)
    return np.asarray(cv2.warpAffine(rgb, rotation, rgb.shape[1::-1]), np.uint8)


def rotate_landmarks(landmarks: Landmarks, middle: Point, degrees: float) -> Landmarks:
    """Rotate landmarks clockwise around a point."""
    rotation = cv2.getRotationMatrix2D(middle, -degrees, 1)
    return Landmarks(*(Point(*map(float, rotation @ [*point, 1])) for point in landmarks))


def correlation(one: Pixels, other: Pixels) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.parametrize(
    "box", [Box(0, 0, 1, 1), Box(0.2, 0.3, 0.1, 0.1), Box(-900, -900, 2000, 2000), Box(9, 9, 5, 5)]
)
def test_odd_boxes_of_a_tiny_image_give_a_crop(box: Box) -> None:
    assert crop(np.full((3, 2, 3), 90, np.uint8), Face(box)).tolist() == [[90] * 48] * 48


def test_a_very_long_image_gives_a_crop() -> None:
    panorama = np.full((40, 60_000, 3), 90, np.uint8)
    assert (crop(panorama, Face(Box(0, -30_000, 60_000, 60_000))) == 90).all()


def test_several_faces_give_their_crops_in_order(ramp: Pixels) -> None:
    faces = [Face(Box(0, 0, 48, 48)), Face(Box(20, 30, 60, 60))]
    np.testing.assert_array_equal(crop_faces(ramp, faces), np.stack([crop(ramp, face) for face in faces]))


def test_no_faces_give_no_crops(ramp: Pixels) -> None:
    assert crop_faces(ramp, []).shape == (0, 48, 48)
