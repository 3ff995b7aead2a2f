"""A training loop that survives being stopped: one epoch, one checkpoint, early stopping on validation accuracy."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

Epoch = dict[str, float]
METRIC = "val_accuracy"


@dataclass(frozen=True)
class Schedule:
    """How long to train: at most `epochs`, or until `patience` epochs bring no better validation accuracy."""

    epochs: int
    patience: int
    batch_size: int
    seed: int


class Run:
    """The folder of one training run: last.keras to go on from, best.keras to ship, history.json to plot.

    `metric` is the validation figure that tells which epoch is the best.
    """

    def __init__(self, folder: Path, metric: str = METRIC) -> None:
        self.folder = folder
        self.metric = metric
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def best(self) -> Path:
        return self.folder / "best.keras"

    @property
    def last(self) -> Path:
        return self.folder / "last.keras"

    def history(self) -> list[Epoch]:
        """What every finished epoch measured, oldest first."""
        path = self.folder / "history.json"
        return list(json.loads(path.read_text())) if path.exists() and self.last.exists() else []

    def record(self, model: keras.Model, history: list[Epoch]) -> None:
        """Keep the model, and the history last, so that a kill in between costs one epoch and no more."""
        if best_epoch(history, self.metric) == len(history) - 1:
            _replace(model, self.best)
        _replace(model, self.last)
        written = self.folder / "history.json.tmp"
        written.write_text(json.dumps(history, indent=1))
        written.replace(self.folder / "history.json")


def best_epoch(history: list[Epoch], metric: str = METRIC) -> int:
    """Return the index of the first epoch with the highest `metric`."""
    return max(range(len(history)), key=lambda i: (history[i][metric], -i))


def train(
    build: Callable[[], keras.Model],
    run: Run,
    schedule: Schedule,
    begin: Callable[[int], None] = lambda epoch: None,
    **fit: Any,
) -> list[Epoch]:
    """Train from the run's last checkpoint, or from `build()`; return the history.

    `begin` is told each epoch's number before it; `fit` goes to Keras' fit.
    """
    history = run.history()
    keras.utils.set_random_seed(schedule.seed)
    model = keras.saving.load_model(run.last) if history else build()
    while len(history) < schedule.epochs:
        if history and len(history) - 1 - best_epoch(history, run.metric) >= schedule.patience:
            break
        epoch = len(history)
        keras.utils.set_random_seed(schedule.seed + epoch)
        begin(epoch)
        logs = model.fit(**fit, batch_size=schedule.batch_size, initial_epoch=epoch, epochs=epoch + 1).history
        history.append({name: float(values[0]) for name, values in logs.items()})
        run.record(model, history)
    return history


def _replace(model: keras.Model, path: Path) -> None:
    temporary = path.with_name(f"tmp-{path.name}")
    model.save(temporary)
    temporary.replace(path)
