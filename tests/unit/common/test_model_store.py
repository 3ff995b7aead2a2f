"""A model file that differs from its description is never opened."""

import hashlib
from pathlib import Path

import pytest

from musicalface_common.model_store import ModelEntry, ModelError, ModelIndex, ModelInput, verified_path

ENTRY = ModelEntry(
    file="a.onnx",
    sha256=hashlib.sha256(b"weights").hexdigest(),
    input=ModelInput(name="crops", shape=[None, 48, 48, 1], dtype="float32", preprocessing={"scale": 0.1}),
    output="scores",
    labels=["happy", "sad"],
    data="drawn",
    metrics={},
    commit="unknown",
    opset=17,
)
INDEX = ModelIndex(aliases={"default": "a"}, models={"a": ENTRY})


def test_an_alias_and_a_name_find_the_same_model() -> None:
    assert INDEX.resolve("default") is INDEX.resolve("a")


def test_the_error_for_an_unknown_name_lists_the_known_names() -> None:
    with pytest.raises(ModelError, match="no model 'b'; there are default, a"):
        INDEX.resolve("b")


def test_a_file_is_opened_only_with_the_described_content(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        verified_path(tmp_path, ENTRY.file, ENTRY.sha256)
    (tmp_path / "a.onnx").write_bytes(b"weights")
    assert verified_path(tmp_path, ENTRY.file, ENTRY.sha256) == tmp_path / "a.onnx"
    (tmp_path / "a.onnx").write_bytes(b"others")
    with pytest.raises(ModelError, match="sha256 differs"):
        verified_path(tmp_path, ENTRY.file, ENTRY.sha256)
