"""The moving average of the weights, more accurate than the last weights (Izmailov et al. 2018; Polyak 1992)."""

from typing import Any

import keras

from musicalface_training.arrays import Floats
from musicalface_training.face.normalisation import measure_statistics


def use_average(model: keras.Model, sample: Floats) -> None:
    """Replace the weights by the optimizer's moving average, and measure its normalisation statistics on a sample."""
    model.optimizer.finalize_variable_values(model.trainable_variables)
    measure_statistics(model, sample)


class ValidatedAverage(keras.callbacks.Callback):  # type: ignore[misc]
    """Validates the moving average, then restores the weights.

    Keras keeps the average as the weights when a fit ends. One fit is one epoch here, so training would hardly move.
    """

    def __init__(self, sample: Floats) -> None:
        super().__init__()
        self._sample = sample
        self._weights: list[Floats] = []

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Save the weights, and replace them by their average."""
        self._weights = self.model.get_weights()
        use_average(self.model, self._sample)

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        """Restore the weights."""
        self.model.set_weights(self._weights)

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Restore the weights that Keras has just replaced by their average."""
        self.model.set_weights(self._weights)
