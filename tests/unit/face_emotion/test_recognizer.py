"""Which faces of a photo are scored, for each choice."""

import pytest

from face_emotion.geometry import Box, Face
from face_emotion.recognizer import MAX_FACES, FaceChoice, choose_faces
from musicalface_common.errors import ManyFaces, NoFace

CROWD = [Face(Box(0, 0, 200 - i, 200 - i)) for i in range(MAX_FACES + 10)]


def test_the_largest_is_the_first() -> None:
    assert choose_faces(CROWD, FaceChoice.LARGEST) == CROWD[:1]


def test_all_are_all() -> None:
    assert choose_faces(CROWD[:3], FaceChoice.ALL) == CROWD[:3]


def test_of_a_crowd_the_largest_are_kept() -> None:
    assert choose_faces(CROWD, FaceChoice.ALL) == CROWD[:MAX_FACES]


def test_a_single_face_is_accepted() -> None:
    assert choose_faces(CROWD[:1], FaceChoice.SINGLE) == CROWD[:1]


def test_several_are_refused_where_a_single_one_was_asked_for() -> None:
    with pytest.raises(ManyFaces, match="3 faces"):
        choose_faces(CROWD[:3], FaceChoice.SINGLE)


@pytest.mark.parametrize("choice", FaceChoice)
def test_no_face_is_refused(choice: FaceChoice) -> None:
    with pytest.raises(NoFace):
        choose_faces([], choice)
