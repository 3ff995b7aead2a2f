"""Other sets of photos: their forms on disk, the crop of each photo, and the errors for wrong ones."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from face_emotion.detection.detector import load_detector
from musicalface_common.errors import NoFace
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS, Emotion
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.listing import list_photos
from musicalface_training.face.data.photos import crop_photo, load_photos


def _picture(path: Path, grey: int = 100, side: int = 48) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((side, side), grey, np.uint8))
    return path


def test_folders_are_known_by_any_name_of_an_emotion(tmp_path: Path) -> None:
    for number, name in enumerate(("Anger", "contempt", "HAPPINESS", "sadness")):
        _picture(tmp_path / name / "a.png", grey=number)
    _picture(tmp_path / "fear" / "person" / "b.png", grey=9)
    (tmp_path / ".cache").mkdir()
    (tmp_path / "fear" / ".hidden").touch()
    faces = load_photos(tmp_path)
    assert faces.emotions == EIGHT_EMOTIONS
    shown = {faces.emotions[label]: int(crop[0, 0]) for label, crop in zip(faces.seen, faces.crops, strict=True)}
    assert shown == {Emotion.ANGRY: 0, Emotion.CONTEMPT: 1, Emotion.HAPPY: 2, Emotion.SAD: 3, Emotion.FEAR: 9}


def test_raf_dbs_numbers_are_read_from_its_test_folder_only(tmp_path: Path) -> None:
    for number in range(1, 8):
        _picture(tmp_path / "train" / str(number) / "a.jpg")
        _picture(tmp_path / "test" / str(number) / "b.jpg")
    photos = list_photos(tmp_path)
    assert {photo.path.name for photo in photos} == {"b.jpg"}
    assert [photo.emotion.value for photo in photos] == [
        "surprise",
        "fear",
        "disgust",
        "happy",
        "sad",
        "angry",
        "neutral",
    ]
    assert load_photos(tmp_path).emotions == SEVEN_EMOTIONS


def test_raf_dbs_list_is_read(tmp_path: Path) -> None:
    _picture(tmp_path / "Image" / "aligned" / "test_1_aligned.jpg")
    (tmp_path / "EmoLabel").mkdir()
    listing = tmp_path / "EmoLabel" / "list_patition_label.txt"
    listing.write_text("train_1.jpg 1\ntest_1.jpg 4\n")
    assert [photo.emotion for photo in list_photos(tmp_path)] == [Emotion.HAPPY]
    listing.write_text("test_1.jpg 8\n")
    with pytest.raises(DatasetError, match="line 1: not a picture and a label"):
        list_photos(tmp_path)


def test_a_csv_file_names_pictures_beside_it(tmp_path: Path) -> None:
    _picture(tmp_path / "faces" / "me.png", grey=7)
    (tmp_path / "own.csv").write_text("file,label\nfaces/me.png,Joy\n")
    faces = load_photos(tmp_path / "own.csv")
    assert (faces.title, [faces.emotions[label] for label in faces.seen]) == ("own.csv", [Emotion.HAPPY])
    assert np.all(faces.crops == 7)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("file,label\ngone.png,happy\nhere.png,sad\n", r"names 1 of 2 files that are not there: .*gone\.png"),
        ("file,label\nhere.png,bored\n", "labels that name no emotion: 'bored'; known are angry"),
        ("file,label\nhere.png,3\n", "labels that name no emotion: '3'"),
        ("picture,label\nhere.png,sad\n", "lacks the columns file"),
        ("file,label\n", "has no rows"),
    ],
)
def test_a_wrong_csv_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    _picture(tmp_path / "here.png")
    (tmp_path / "own.csv").write_text(text)
    with pytest.raises(DatasetError, match=complaint):
        list_photos(tmp_path / "own.csv")


def test_a_wrong_folder_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="neither a folder nor a CSV file"):
        list_photos(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="has no folders of emotions"):
        list_photos(tmp_path)
    _picture(tmp_path / "bored" / "a.png")
    with pytest.raises(DatasetError, match="folders that name no emotion: 'bored'"):
        list_photos(tmp_path)
    (tmp_path / "bored").rename(tmp_path / "happy")
    (tmp_path / "sad").mkdir()
    with pytest.raises(DatasetError, match="folders without a picture: sad"):
        list_photos(tmp_path)


def test_pictures_that_cannot_be_used_are_counted(tmp_path: Path) -> None:
    _picture(tmp_path / "happy" / "crop.png")
    _picture(tmp_path / "happy" / "wall.png", side=200)
    (tmp_path / "happy" / "notes.txt").write_text("nothing to see")
    torn = _picture(tmp_path / "happy" / "torn.png")
    torn.write_bytes(torn.read_bytes()[:60])
    faces = load_photos(tmp_path)
    assert len(faces) == 1
    assert faces.skipped == {"no-face": 1, "unreadable-image": 1, "unsupported-image": 1}


def test_a_set_without_a_usable_picture_is_refused_with_the_reasons(tmp_path: Path) -> None:
    _picture(tmp_path / "sad" / "wall.png", side=200)
    with pytest.raises(DatasetError, match="no picture that can be used: 1 no-face"):
        load_photos(tmp_path)


def test_a_face_is_searched_in_a_coloured_picture_of_a_crops_size() -> None:
    coloured = np.zeros((48, 48, 3), np.uint8)
    coloured[:, :24, 0] = 200
    with pytest.raises(NoFace):
        crop_photo(cv2.imencode(".png", coloured)[1].tobytes(), load_detector())
