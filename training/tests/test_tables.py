"""Errors for broken files are one line that names the file."""

import zipfile
from pathlib import Path

import pytest

from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table

COLUMNS = {"file": ("file",)}


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("File,file\na,b\n")
    with pytest.raises(DatasetError, match="a column twice"):
        read_table(tmp_path / "list.csv", COLUMNS)


@pytest.mark.parametrize("name", ["list.zip", "list.tar", "list.gz", "list.xz", "list.bz2", "list.zst"])
def test_broken_archives_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive")
    with pytest.raises(DatasetError, match="cannot be read"):
        read_table(tmp_path / name, COLUMNS)


def test_an_archive_of_two_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("a.csv", "file\n1\n")
        archive.writestr("b.csv", "file\n2\n")
    with pytest.raises(DatasetError, match="cannot be read"):
        read_table(tmp_path / "list.zip", COLUMNS)
