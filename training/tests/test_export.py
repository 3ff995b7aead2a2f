"""Exported networks give the outputs of the trained ones."""

from pathlib import Path

import keras
import numpy as np
import onnx
import onnxruntime
import pytest
from keras import layers

from musicalface_training.errors import ExportError
from musicalface_training.export import OPSET, check_parity, export_onnx, node_types
from musicalface_training.lyrics.entry import require_lstm
from musicalface_training.lyrics.reference.architecture import LENGTH, WORDS, build_reference

TOKENS = np.random.default_rng(0).integers(0, WORDS + 2, (5, LENGTH)).astype(np.int32)


@pytest.fixture(scope="module")
def reference() -> keras.Model:
    keras.utils.set_random_seed(0)
    return build_reference()


@pytest.fixture(scope="module")
def exported(reference: keras.Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "reference.onnx"
    export_onnx(reference, path, "tokens")
    return path


def masked() -> keras.Model:
    tokens = keras.Input((8,), dtype="int32", name="tokens")
    x = layers.LSTM(4)(layers.Embedding(10, 3, mask_zero=True)(tokens))
    return keras.Model(tokens, layers.Dense(4, activation="softmax", name="scores")(x))


def convolutional() -> keras.Model:
    crops = keras.Input((48, 48, 1), name="crops")
    x = layers.BatchNormalization()(layers.Conv2D(2, 3)(crops))
    x = layers.Flatten()(layers.MaxPooling2D(8)(layers.Activation("tanh")(x)))
    return keras.Model(crops, layers.Dense(7, activation="softmax", name="scores")(x))


def test_the_lstm_is_one_node_without_loops(exported: Path) -> None:
    assert node_types(exported).count("LSTM") == 1
    assert "Loop" not in node_types(exported)
    require_lstm(exported)


def test_a_masked_lstm_is_refused(tmp_path: Path) -> None:
    export_onnx(masked(), tmp_path / "masked.onnx", "tokens")
    with pytest.raises(ExportError, match="one LSTM and no Loop"):
        require_lstm(tmp_path / "masked.onnx")


def test_input_and_output_are_named_and_the_batch_is_free(exported: Path) -> None:
    session = onnxruntime.InferenceSession(exported)
    (source,), (output,) = session.get_inputs(), session.get_outputs()
    assert (source.name, source.type, source.shape[1:]) == ("tokens", "tensor(int32)", [LENGTH])
    assert (output.name, output.shape[1:]) == ("scores", [4])
    assert [len(session.run(None, {"tokens": TOKENS[:size]})[0]) for size in (1, 5)] == [1, 5]
    assert onnx.load(exported).opset_import[0].version == OPSET


def test_parity_holds_for_the_exported_network(reference: keras.Model, exported: Path) -> None:
    assert check_parity(reference, exported, TOKENS) < 1e-4


def test_another_network_fails_parity(exported: Path) -> None:
    keras.utils.set_random_seed(1)
    with pytest.raises(ExportError, match="differs"):
        check_parity(build_reference(), exported, TOKENS)


def test_pictures_export_too(tmp_path: Path) -> None:
    model, path = convolutional(), tmp_path / "crops.onnx"
    export_onnx(model, path, "crops")
    crops = np.random.default_rng(0).random((3, 48, 48, 1), np.float32)
    assert check_parity(model, path, crops) < 1e-4


def test_two_outputs_keep_the_names_of_their_layers(tmp_path: Path) -> None:
    inputs = keras.Input((2,))
    outputs = [layers.Dense(units, name=name)(inputs) for name, units in (("second", 3), ("first", 4))]
    model, path = keras.Model(inputs, outputs), tmp_path / "two.onnx"
    export_onnx(model, path, "x")
    assert [output.name for output in onnxruntime.InferenceSession(path).get_outputs()] == ["second", "first"]
    assert check_parity(model, path, np.ones((3, 2), np.float32)) < 1e-4


def test_two_inputs_are_refused(tmp_path: Path) -> None:
    sources = [keras.Input((2,)), keras.Input((2,))]
    with pytest.raises(ExportError, match="2 inputs"):
        export_onnx(keras.Model(sources, sources[0] + sources[1]), tmp_path / "two.onnx", "x")
