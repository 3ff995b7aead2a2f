"""A recognition becomes the JSON of the contract."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from face_emotion.answer import answer
from face_emotion.geometry import Box, Face, Landmarks, Point
from face_emotion.recognizer import Recognition
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS

POINTS = Landmarks(*(Point(10.52 + i, 20.48) for i in range(5)))
FACES = [Face(Box(-4.2, 10.4, 50, 60), POINTS, 0.90004), Face(Box(60, 70, 20, 20))]
SCORES = np.array([[0.1, 0, 0, 0.2, 0, 0, 0.1, 0.6], [0.5, 0.1, 0.1, 0.1, 0.1, 0, 0.1, 0]], np.float32)


def answered(labels: Sequence[str]) -> dict[str, Any]:
    return answer(Recognition(100, 90, FACES, SCORES), "reference", labels).model_dump(mode="json")


def test_eight_emotions_are_returned_unchanged() -> None:
    first, second = answered(EIGHT_EMOTIONS)["faces"]
    assert first["emotion"] == "contempt"
    assert list(first["scores"]) == list(EIGHT_EMOTIONS)
    assert first["scores"]["contempt"] == pytest.approx(0.6)
    assert second["emotion"] == "angry"


def test_seven_of_eight_emotions_add_contempt_to_disgust() -> None:
    first = answered(SEVEN_EMOTIONS)["faces"][0]
    assert first["emotion"] == "disgust"
    assert list(first["scores"]) == list(SEVEN_EMOTIONS)
    assert sum(first["scores"].values()) == pytest.approx(1, abs=1e-5)
    assert first["scores"]["disgust"] == pytest.approx(0.6)


def test_boxes_are_clipped_whole_pixels() -> None:
    body = answered(SEVEN_EMOTIONS)
    assert (body["width"], body["height"]) == (100, 90)
    assert body["faces"][0]["box"] == {"x": 0, "y": 10, "width": 46, "height": 60}


def test_landmarks_are_named_and_null_where_there_are_none() -> None:
    first, second = answered(SEVEN_EMOTIONS)["faces"]
    assert list(first["landmarks"]) == ["right_eye", "left_eye", "nose", "right_mouth", "left_mouth"]
    assert first["landmarks"]["left_eye"] == {"x": 11.5, "y": 20.5}
    assert first["detection_score"] == 0.9
    assert second["landmarks"] is None
    assert second["detection_score"] is None


def test_regions_are_clipped_and_null_where_there_are_no_landmarks() -> None:
    first, second = answered(SEVEN_EMOTIONS)["faces"]
    assert list(first["regions"]) == ["eyes", "mouth"]
    assert first["regions"]["eyes"] == {"x": 0, "y": 7, "width": 23, "height": 21}
    assert second["regions"] is None
