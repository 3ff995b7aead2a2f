"""Models are added to a model folder, and the others stay."""

import json
from pathlib import Path

import pytest

from musicalface_common.model_store import ModelEntry, ModelError, ModelInput, read_index
from musicalface_training.export import OPSET
from musicalface_training.model_folder import file_sha256, install


def entry(sha256: str) -> ModelEntry:
    source = ModelInput(name="x", shape=[None, 2], dtype="float32", preprocessing={})
    facts = {"data": "made up", "metrics": {"test": {"accuracy": 0.5}}, "commit": "unknown", "opset": OPSET}
    return ModelEntry(file="m.onnx", sha256=sha256, input=source, output="scores", labels=["a"], **facts)


def test_a_model_is_added_to_the_index_and_others_stay(tmp_path: Path) -> None:
    install([], tmp_path, {"old": entry("1")}, {"default": "old"})
    install([], tmp_path, {"new": entry("2")})
    install([], tmp_path, {"old": entry("3")})
    index = read_index(tmp_path)
    assert {name: model.sha256 for name, model in index.models.items()} == {"old": "3", "new": "2"}
    assert index.resolve("default").sha256 == "3"
    assert json.loads((tmp_path / "model.json").read_text())["aliases"] == {"default": "old"}


def test_files_are_copied_next_to_the_index(tmp_path: Path) -> None:
    file = tmp_path / "run" / "m.onnx"
    file.parent.mkdir()
    file.write_bytes(b"abc")
    install([file], tmp_path / "model", {"new": entry(file_sha256(file))})
    assert {path.name for path in (tmp_path / "model").iterdir()} == {"m.onnx", "model.json"}
    assert (tmp_path / "model" / "m.onnx").read_bytes() == b"abc"


def test_a_folder_with_a_broken_index_stays_unchanged(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{")
    (tmp_path / "m.onnx").touch()
    with pytest.raises(ModelError, match=r"model\.json cannot be read"):
        install([tmp_path / "m.onnx"], tmp_path, {"new": entry("1")})
    assert (tmp_path / "model.json").read_text() == "{"


def test_file_sha256(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert file_sha256(tmp_path / "file").startswith("ba7816bf")
