"""How exactly a training run calculates."""

from typing import Literal

import keras

Precision = Literal["float32", "bfloat16"]


def set_precision(precision: Precision) -> None:
    """Let the layers built from now on calculate so; weights stay float32."""
    keras.config.set_dtype_policy("mixed_bfloat16" if precision == "bfloat16" else "float32")
