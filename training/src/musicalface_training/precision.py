"""How exactly a training run calculates."""

from typing import Literal

Precision = Literal["float32", "bfloat16"]
