"""Both detectors find the faces of photos, and none in images without faces."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import cv2
import numpy as np
import pytest
from support.photos import Pixels, turned

from face_emotion.crop import frame
from face_emotion.detection.detector import Detector, load_detector
from face_emotion.geometry import Box, Face

# The face of skimage's astronaut, measured by hand.
FACE = Box(172, 62, 102, 114)
EYES_X = 200, 247


@pytest.fixture(scope="module", params=["yunet", "haar"])
def detector(request: pytest.FixtureRequest) -> Detector:
    return load_detector(request.param)


@pytest.fixture(scope="module")
def yunet() -> Detector:
    return load_detector()


def found(detector: Detector, rgb: Pixels) -> list[Face]:
    """Find all faces of a photo and refine each."""
    return [detector.refine(rgb, face) for face in detector.all_faces(rgb)]


def resized(rgb: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def small_and_large(rgb: Pixels) -> Pixels:
    both = np.zeros((512, 812, 3), np.uint8)
    both[:300, :300], both[:, 300:] = resized(rgb, 300, 300), rgb
    return both


def overlap(one: Box, other: Box) -> float:
    """Return the intersection over union."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(0, width) * max(0, height)
    return shared / (one.area + other.area - shared)


def test_the_astronaut_has_one_face(detector: Detector, astronaut_rgb: Pixels) -> None:
    [face] = found(detector, astronaut_rgb)
    assert overlap(face.box, FACE) > 0.7


def test_the_face_of_a_mirrored_photo_is_mirrored(detector: Detector, astronaut_rgb: Pixels) -> None:
    [face] = found(detector, np.ascontiguousarray(astronaut_rgb[:, ::-1]))
    assert overlap(face.box, Box(512 - FACE.x - FACE.width, FACE.y, FACE.width, FACE.height)) > 0.7


def test_boxes_are_in_pixels_of_a_large_photo(detector: Detector, astronaut_rgb: Pixels) -> None:
    [face] = found(detector, resized(astronaut_rgb, 2048, 1536))
    expected = Box(FACE.x * 4, FACE.y * 3, FACE.width * 4, FACE.height * 3)
    assert overlap(face.box, expected) > 0.7


def test_the_largest_face_comes_first(detector: Detector, astronaut_rgb: Pixels) -> None:
    first, second = found(detector, small_and_large(astronaut_rgb))
    assert first.box.x > 300 > second.box.x
    assert first.box.area > second.box.area


@pytest.mark.parametrize("size", [(480, 640), (64, 64), (1200, 900)])
def test_noise_has_no_face(detector: Detector, size: tuple[int, int]) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (*size, 3), np.uint8)
    assert found(detector, noise) == []


@pytest.mark.parametrize("grey", [0, 255])
@pytest.mark.parametrize("size", [(1, 1), (1, 640), (640, 1), (31, 640), (32, 32), (5, 7), (3, 9000)])
def test_tiny_and_thin_images_have_no_face(detector: Detector, size: tuple[int, int], grey: int) -> None:
    assert found(detector, np.full((*size, 3), grey, np.uint8)) == []


def test_yunet_returns_landmarks_with_the_person_s_own_sides_and_a_score(
    yunet: Detector, astronaut_rgb: Pixels
) -> None:
    [face] = found(yunet, astronaut_rgb)
    points = face.landmarks
    assert points is not None
    assert (points.right_eye.x, points.left_eye.x) == pytest.approx(EYES_X, abs=6)
    assert points.right_eye.y < points.nose.y < points.right_mouth.y
    assert points.right_mouth.x < points.nose.x < points.left_mouth.x
    assert face.score is not None
    assert 0.7 <= face.score <= 1


@pytest.mark.parametrize("degrees", [-30, -20, 20, 30])
def test_yunet_s_landmarks_show_the_tilt_of_a_face(yunet: Detector, astronaut_rgb: Pixels, degrees: int) -> None:
    face, upright = yunet.largest(turned(astronaut_rgb, degrees)), yunet.largest(astronaut_rgb)
    assert face and face.landmarks and upright and upright.landmarks
    tilt = frame.tilt(face.landmarks) - frame.tilt(upright.landmarks)
    assert tilt == pytest.approx(degrees, abs=5)


def test_the_largest_face_is_the_first_of_all_faces(detector: Detector, astronaut_rgb: Pixels) -> None:
    both = small_and_large(astronaut_rgb)
    largest, [first, second] = detector.largest(both), found(detector, both)
    assert largest is not None
    assert overlap(largest.box, first.box) > 0.8
    assert overlap(largest.box, second.box) == 0


def test_refining_keeps_boxes_and_scores(detector: Detector, astronaut_rgb: Pixels) -> None:
    both = small_and_large(astronaut_rgb)
    unrefined, refined = detector.all_faces(both), found(detector, both)
    assert [(face.box, face.score) for face in unrefined] == [(face.box, face.score) for face in refined]


def test_a_face_too_small_for_the_first_search_is_found(yunet: Detector, astronaut_rgb: Pixels) -> None:
    wide = np.zeros((640, 1400, 3), np.uint8)
    wide[100:240, 900:1040] = resized(astronaut_rgb, 140, 140)
    face = yunet.largest(wide)
    assert face is not None
    assert overlap(face.box, Box(900 + FACE.x * 0.27, 100 + FACE.y * 0.27, FACE.width * 0.27, FACE.height * 0.27)) > 0.5


def test_an_image_without_faces_has_no_largest_face(detector: Detector) -> None:
    assert detector.largest(np.full((100, 700, 3), 90, np.uint8)) is None


def test_haar_returns_neither_landmarks_nor_score(astronaut_rgb: Pixels) -> None:
    [face] = found(load_detector("haar"), astronaut_rgb)
    assert face.landmarks is None
    assert face.score is None


def test_threads_do_not_disturb_each_other(yunet: Detector, astronaut_rgb: Pixels) -> None:
    sizes = [(512, 512), (320, 320), (640, 480), (200, 200)] * 4
    photos = [resized(astronaut_rgb, *size) for size in sizes]
    alone = [found(yunet, photo) for photo in photos]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(partial(found, yunet), photos)) == alone


def test_an_unknown_detector_is_refused() -> None:
    with pytest.raises(KeyError):
        load_detector("retina")
