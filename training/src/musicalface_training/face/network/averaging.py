"""The weights' moving average, which is better than the last weights are (Izmailov et al. 2018; Polyak 1992)."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from musicalface_training.face.normalisation import measure_statistics

Weights = list[npt.NDArray[np.float32]]


def use_average(model: keras.Model, sample: npt.NDArray[np.float32]) -> None:
    """Put the optimizer's moving average in the place of the weights, with the statistics that go with it."""
    model.optimizer.finalize_variable_values(model.trainable_variables)
    measure_statistics(model, sample)


class ValidatedAverage(keras.callbacks.Callback):  # type: ignore[misc]
    """Validates the moving average in the place of the weights.

    Keras leaves the average in their place when a fit ends; as one fit is one epoch here, training would crawl.
    """

    def __init__(self, sample: npt.NDArray[np.float32]) -> None:
        super().__init__()
        self._sample = sample
        self._weights: Weights = []

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Keep the weights and use their average."""
        self._weights = self.model.get_weights()
        use_average(self.model, self._sample)

    def on_test_end(self, logs: dict[str, Any] | None = None) -> None:
        """Go on from the weights."""
        self.model.set_weights(self._weights)

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Leave the weights, not their average."""
        self.model.set_weights(self._weights)
