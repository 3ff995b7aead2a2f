"""What the publication of the network measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from musicalface_training.face.measures import Measured
from musicalface_training.loop import Epoch


@dataclass(frozen=True)
class Published:
    """The history of the run, the figures of each model a split, each head's temperature, ONNX's way from Keras."""

    history: list[Epoch]
    figures: Mapping[str, Mapping[str, Measured]]
    temperatures: Mapping[str, float]
    parity: float
