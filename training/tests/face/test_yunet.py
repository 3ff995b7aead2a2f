"""The served detector's file is made of the published one, byte for byte."""

from pathlib import Path

from face_emotion import MODEL_FOLDER
from face_emotion.detection.yunet import FILE, SHA256
from musicalface_training.face.yunet import published_yunet, whole_detector
from musicalface_training.model_folder import file_sha256


def test_the_served_file_is_made_of_the_published_one(tmp_path: Path) -> None:
    whole_detector(published_yunet(), tmp_path / FILE)
    assert file_sha256(tmp_path / FILE) == SHA256 == file_sha256(MODEL_FOLDER / FILE)
