from pathlib import Path

from musicalface.contracts import documents, drifted, write_contracts

NAMES = ["face-emotion.openapi.json", "gateway.openapi.json", "lyrics-mood.openapi.json", "recommender.openapi.json"]


def test_the_documents_are_the_same_bytes_each_time() -> None:
    assert documents() == documents()


def test_documents_that_were_just_written_have_not_drifted(tmp_path: Path) -> None:
    write_contracts(tmp_path / "new")
    assert drifted(tmp_path / "new") == []


def test_documents_that_are_missing_or_differ_have_drifted(tmp_path: Path) -> None:
    assert drifted(tmp_path) == NAMES
    write_contracts(tmp_path)
    (tmp_path / NAMES[1]).write_text("{}\n")
    assert drifted(tmp_path) == [NAMES[1]]
