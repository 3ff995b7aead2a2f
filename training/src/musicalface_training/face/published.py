"""What the publication of the network measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from musicalface_training.face.measures import Measured
from musicalface_training.face.sizes import Size
from musicalface_training.face.split_names import SplitName
from musicalface_training.loop import Epoch


@dataclass(frozen=True)
class Published:
    """The network's size, its run's history, its figures a split, its temperatures a head, ONNX's way from Keras.

    `exact` and `quantised` are each model's accuracy on PublicTest, by which eight bits were chosen or not.
    """

    size: Size
    history: list[Epoch]
    figures: Mapping[str, Mapping[SplitName, Measured]]
    temperatures: Mapping[str, float]
    parity: float
    exact: Mapping[str, float]
    quantised: Mapping[str, float]
