"""Batch normalisation's statistics, measured anew where a training run loses them."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

SAMPLE = 2048


class MeasuredStatistics(keras.callbacks.Callback):  # type: ignore[misc]
    """Before each validation, set the moving statistics to those of one large batch (Wu & Johnson 2021, PreciseBN).

    In bfloat16 the moving averages stand still: their steps are smaller than the eight bits can hold. Validated with
    such statistics, a network of .57 accuracy showed .45.
    """

    def __init__(self, inputs: npt.NDArray[np.float32], seed: int) -> None:
        super().__init__()
        rows = np.random.default_rng(seed).permutation(len(inputs))[:SAMPLE]
        self._sample = inputs[rows]

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Run the sample through the network in training mode, outside of the compiled bfloat16 graph."""
        layers = [layer for layer in self.model.layers if isinstance(layer, keras.layers.BatchNormalization)]
        momenta = [layer.momentum for layer in layers]
        for layer in layers:
            layer.momentum = 0.0
        self.model(self._sample, training=True)
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
