"""Which faces of a photo are scored, for each choice."""

import pytest

from face_emotion.geometry import Box, Face
from face_emotion.recognizer import MAX_FACES, FaceChoice, choose_faces
from musicalface_common.errors import ManyFaces, NoFace

CROWD = [Face(Box(0, 0, 200 - i, 200 - i)) for i in range(MAX_FACES + 10)]


def test_the_choice_largest_returns_the_first_face() -> None:
    assert choose_faces(CROWD, FaceChoice.LARGEST) == CROWD[:1]


def test_the_choice_all_returns_every_face() -> None:
    assert choose_faces(CROWD[:3], FaceChoice.ALL) == CROWD[:3]


def test_the_choice_all_returns_at_most_the_64_largest_faces() -> None:
    assert choose_faces(CROWD, FaceChoice.ALL) == CROWD[:MAX_FACES]


def test_the_choice_single_accepts_one_face() -> None:
    assert choose_faces(CROWD[:1], FaceChoice.SINGLE) == CROWD[:1]


def test_the_choice_single_refuses_several_faces() -> None:
    with pytest.raises(ManyFaces, match="3 faces"):
        choose_faces(CROWD[:3], FaceChoice.SINGLE)


@pytest.mark.parametrize("choice", FaceChoice)
def test_no_face_is_refused(choice: FaceChoice) -> None:
    with pytest.raises(NoFace):
        choose_faces([], choice)
