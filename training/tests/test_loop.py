"""A training that is stopped and resumed ends as one that was not stopped."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from musicalface_training import loop
from musicalface_training.errors import ExportError, RunError
from musicalface_training.loop import Run, Schedule, best_epoch, train

X = np.random.default_rng(0).normal(size=(64, 4)).astype(np.float32)
FIT: dict[str, Any] = {
    "x": X,
    "y": (X[:, 0] > 0).astype(np.int64),
    "validation_data": (X, (X[:, 0] > 0).astype(np.int64)),
    "verbose": 0,
}


def build() -> keras.Model:
    inputs = keras.Input((4,))
    hidden = keras.layers.Dense(8, activation="relu")(inputs)
    model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(hidden))
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def never() -> keras.Model:
    raise AssertionError("a run with checkpoints is not built anew")


def schedule(epochs: int, patience: int = 99) -> Schedule:
    return Schedule(epochs=epochs, patience=patience, batch_size=16, seed=1)


def test_a_resumed_run_ends_as_an_uninterrupted_one(tmp_path: Path) -> None:
    straight = train(build, Run(tmp_path / "straight"), schedule(4), **FIT)
    train(build, Run(tmp_path / "resumed"), schedule(2), **FIT)
    resumed = train(never, Run(tmp_path / "resumed"), schedule(4), **FIT)
    assert [epoch["loss"] for epoch in resumed] == pytest.approx([epoch["loss"] for epoch in straight], rel=1e-5)


def test_a_finished_run_trains_no_more(tmp_path: Path) -> None:
    history = train(build, Run(tmp_path), schedule(1), **FIT)
    before = (tmp_path / "last.keras").read_bytes()
    assert train(never, Run(tmp_path), schedule(1), **FIT) == history
    assert (tmp_path / "last.keras").read_bytes() == before


def test_training_stops_when_patience_ends(tmp_path: Path) -> None:
    fit = {**FIT, "validation_data": (X, np.zeros(len(X), np.int64))}
    history = train(build, Run(tmp_path), schedule(50, patience=2), **fit)
    assert len(history) == best_epoch(history) + 3


def test_the_first_of_equally_good_epochs_is_best() -> None:
    assert best_epoch([{"val_accuracy": share} for share in (0.1, 0.5, 0.5, 0.2)]) == 1


def test_a_run_keeps_the_commit_that_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "current_commit", lambda: "first")
    train(build, Run(tmp_path), schedule(1), **FIT)
    monkeypatch.setattr(loop, "current_commit", lambda: "second")
    train(never, Run(tmp_path), schedule(2), **FIT)
    assert Run(tmp_path).commit == "first"


def test_a_run_is_not_resumed_with_other_settings(tmp_path: Path) -> None:
    train(build, Run(tmp_path, settings={"size": "small", "teacher": None}), schedule(1), **FIT)
    last = (tmp_path / "last.keras").read_bytes()
    with pytest.raises(RunError, match="holds a run of size small: delete it"):
        train(never, Run(tmp_path, settings={"size": "large", "teacher": None}), schedule(2), **FIT)
    assert (tmp_path / "last.keras").read_bytes() == last


def test_a_folder_without_a_finished_epoch_holds_no_network(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no trained network"):
        Run(tmp_path).require_trained()
