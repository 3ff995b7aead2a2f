"""The served detector is the published one, with its input's size set free."""

from pathlib import Path

from face_emotion.yunet import FILE, FOLDER, SHA256
from musicalface_training.export import file_sha256
from musicalface_training.face.yunet import free_size, published_yunet


def test_the_served_file_is_made_of_the_published_one(tmp_path: Path) -> None:
    free_size(published_yunet(), tmp_path / FILE)
    assert file_sha256(tmp_path / FILE) == SHA256 == file_sha256(FOLDER / FILE)
