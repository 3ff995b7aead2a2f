"""What the publication of the network measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from musicalface_training.face.evaluation.measures import Measured
from musicalface_training.face.split_names import SplitName
from musicalface_training.loop import Epoch, Settings


@dataclass(frozen=True)
class Variant:
    """One way to write the network down: each model's accuracy on PublicTest, and the milliseconds of one crop."""

    accuracies: Mapping[str, float]
    milliseconds: float


@dataclass(frozen=True)
class Published:
    """What its run began with and went through, its figures a split, its temperatures a head, ONNX's way from Keras.

    Eight bits ship, or not, by what `exact` and `quantised` tell.
    """

    run: Settings
    history: list[Epoch]
    figures: Mapping[str, Mapping[SplitName, Measured]]
    temperatures: Mapping[str, float]
    parity: float
    exact: Variant
    quantised: Variant
    shipped: str
