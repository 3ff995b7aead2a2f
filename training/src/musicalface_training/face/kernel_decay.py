"""Gradient descent whose weight decay leaves biases and normalisation alone."""

import keras


@keras.saving.register_keras_serializable("musicalface")
class KernelDecaySGD(keras.optimizers.SGD):  # type: ignore[misc]
    """SGD that decays kernels only, also after it was loaded: Keras does not save which variables are excluded."""

    def _use_weight_decay(self, variable: keras.Variable) -> bool:
        return len(variable.shape) > 1
