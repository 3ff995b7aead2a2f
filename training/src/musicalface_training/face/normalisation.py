"""Batch normalisation: a layer that is fast on PyTorch, and statistics measured on a sample of the inputs."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import keras
import numpy as np

from musicalface_training.arrays import Floats

SAMPLE = 2048


@keras.saving.register_keras_serializable("musicalface")
class FusedBatchNormalization(keras.layers.BatchNormalization):  # type: ignore[misc]
    """Keras' batch normalisation over the last axis. On PyTorch it runs PyTorch's fused operation, 3 times as fast."""

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """Normalise (n, height, width, channels)."""
        if keras.backend.backend() != "torch":
            return super().call(inputs, training=training, mask=mask)
        from torch.nn import functional

        outputs = functional.batch_norm(
            inputs.movedim(-1, 1),
            self.moving_mean.value,
            self.moving_variance.value,
            self.gamma.value,
            self.beta.value,
            training=bool(training),
            momentum=1 - self.momentum,
            eps=self.epsilon,
        )
        return outputs.movedim(1, -1)


def measure_statistics(model: keras.Model, sample: Floats) -> None:
    """Set all moving means and variances to those of one large batch (Wu & Johnson 2021, PreciseBN)."""
    layers = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    momenta = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    with _no_gradients():
        model(sample, training=True)
    for layer, momentum in zip(layers, momenta, strict=True):
        layer.momentum = momentum


def _no_gradients() -> AbstractContextManager[Any]:
    """Return a context without gradients: PyTorch would store gigabytes for a backward pass, which is never run."""
    if keras.backend.backend() != "torch":
        return nullcontext()
    from torch import no_grad

    gradients: AbstractContextManager[Any] = no_grad()
    return gradients


class MeasuredStatistics(keras.callbacks.Callback):  # type: ignore[misc]
    """Sets the normalisation statistics to those of a sample before each validation.

    In bfloat16 the moving averages do not move: their steps are smaller than its 8 bits can resolve. With such
    statistics, a network of .57 accuracy showed .45.
    """

    def __init__(self, inputs: Floats, seed: int) -> None:
        super().__init__()
        self._sample = take_sample(inputs, seed)

    def on_test_begin(self, logs: dict[str, Any] | None = None) -> None:
        """Run the sample through the network in training mode, outside the compiled bfloat16 graph."""
        measure_statistics(self.model, self._sample)


def take_sample(inputs: Floats, seed: int) -> Floats:
    """Return up to 2,048 random inputs to measure statistics on, the same for a seed."""
    return inputs[np.random.default_rng(seed).permutation(len(inputs))[:SAMPLE]]
