"""A training loop that can be stopped and resumed: one checkpoint per epoch, early stopping on a validation metric."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras

from musicalface_training.commit import current_commit
from musicalface_training.errors import ExportError, RunError

Epoch = dict[str, float]
Settings = dict[str, str | float | None]
METRIC = "val_accuracy"


@dataclass(frozen=True)
class Schedule:
    """How long to train: `epochs` at most, or until `patience` epochs in a row do not improve the metric."""

    epochs: int
    patience: int
    batch_size: int
    seed: int


class Run:
    """The folder of one run: last.keras to resume from, best.keras to export, history.json to plot, run.json.

    The best epoch has the highest `metric`, a validation figure. `settings` must stay the same for the whole run.
    """

    def __init__(self, folder: Path, metric: str = METRIC, settings: Settings | None = None) -> None:
        self.folder = folder
        self.metric = metric
        self.settings = settings or {}
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def best(self) -> Path:
        return self.folder / "best.keras"

    @property
    def last(self) -> Path:
        return self.folder / "last.keras"

    def history(self) -> list[Epoch]:
        """Return the figures of every finished epoch, oldest first."""
        path = self.folder / "history.json"
        return list(json.loads(path.read_text())) if path.exists() and self.last.exists() else []

    def begin(self) -> None:
        """Write the settings of a new run, and the commit of the code, to run.json."""
        self._facts.write_text(json.dumps({**self.settings, "commit": current_commit()}, indent=1))

    def go_on(self) -> None:
        """Raise RunError if the folder's run began with other settings."""
        begun = self.facts()
        changed = [f"{name} {begun[name]}" for name, value in self.settings.items() if begun.get(name, value) != value]
        if changed:
            raise RunError(f"{self.folder} holds a run of {', '.join(changed)}: delete it, or choose another folder")

    def facts(self) -> Settings:
        """Return the settings that the run began with, and its `commit`, "unknown" without run.json."""
        return {"commit": "unknown", **(json.loads(self._facts.read_text()) if self._facts.exists() else {})}

    @property
    def commit(self) -> str:
        return str(self.facts()["commit"])

    @property
    def _facts(self) -> Path:
        return self.folder / "run.json"

    def require_trained(self) -> None:
        """Raise ExportError if no epoch is finished."""
        if not self.best.exists() or not self.history():
            raise ExportError(f"{self.folder} holds no trained network")

    def record(self, model: keras.Model, history: list[Epoch]) -> None:
        """Save the model, then the history: a run killed in between loses one epoch only."""
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
    """Train from the run's last checkpoint, or from `build()` without one; return the history.

    Calls `begin` with the number of each epoch before it starts, and passes `fit` to Keras' `fit`. Raises RunError if
    the run began with other settings.
    """
    history = run.history()
    keras.utils.set_random_seed(schedule.seed)
    if history:
        run.go_on()
    else:
        run.begin()
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
