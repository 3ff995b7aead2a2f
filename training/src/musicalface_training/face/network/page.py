"""The report on the served face network, with its plots."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musicalface_training.face.data.fer2013 import SplitName
from musicalface_training.face.evaluation.measures import FIGURES, Measured
from musicalface_training.face.network.train import METRIC
from musicalface_training.loop import Epoch, Settings, best_epoch
from musicalface_training.report import markdown_table, plot_curves, write_page

NAME = "face-emotion"
CURVES = ("ferplus_loss", "ferplus_accuracy", "fer2013_accuracy")

PAGE = """# Faces: the served network

One trunk with two heads: the votes of FERPlus' annotators (`face-emotion`, served as `default`), and FER2013's own
label (`fer2013`). [face-evaluation.md](face-evaluation.md) defines the columns; [face.md](face.md) lists the other
experiments.

{figures}

    make train-face DATA=data

SGD with momentum .9 and a cosine schedule. Epochs trained: {trained}. Kept: the moving average of epoch {kept}, the
best on PublicTest. The settings of the run (with a teacher, its scores are half of the targets):

{run}

Temperatures, fitted on PublicTest: {temperatures}. ONNX and Keras differ by {parity:.1e} at most. All figures are those
of the exported file, run by the service's own classifier.

Convolutions in 8 bits ship if they are faster and both heads lose less than .003 on PublicTest. Shipped: {shipped}.

{bits}

## PrivateTest by emotion (FERPlus)

{classes}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


@dataclass(frozen=True)
class Variant:
    """The exported network in float32 or 8 bits: accuracy of each model on PublicTest, milliseconds per crop."""

    accuracies: Mapping[str, float]
    milliseconds: float


@dataclass(frozen=True)
class Published:
    """The content of the report: the run's settings and history, figures by model and split, temperatures by head.

    `parity` is the largest difference between ONNX and Keras. `shipped` names the variant that is served.
    """

    run: Settings
    history: list[Epoch]
    figures: Mapping[str, Mapping[SplitName, Measured]]
    temperatures: Mapping[str, float]
    parity: float
    exact: Variant
    quantised: Variant
    shipped: str


def write_report(folder: Path, published: Published) -> Path:
    """Write the page and its two plots; return the page's path."""
    page = write_page(folder, NAME, _page(published))
    plot_curves(folder / f"{NAME}-curves.png", published.history, "Served face network", CURVES, METRIC)
    published.figures[NAME][SplitName.PRIVATE].emotion.plot(folder / f"{NAME}-confusion.png", "FERPlus PrivateTest")
    return page


def _page(published: Published) -> str:
    return PAGE.format(
        name=NAME,
        figures=_figures(published),
        run=markdown_table(("setting", "value"), [(name, value) for name, value in published.run.items() if value]),
        trained=len(published.history),
        kept=best_epoch(published.history, METRIC) + 1,
        temperatures=", ".join(f"{head} {value:.3f}" for head, value in published.temperatures.items()),
        parity=published.parity,
        shipped=published.shipped,
        bits=markdown_table(
            ("", *published.exact.accuracies, "ms a crop"),
            [_variant("float32", published.exact), _variant("8 bits", published.quantised)],
        ),
        classes=published.figures[NAME][SplitName.PRIVATE].emotion.emotion_table(),
    )


def _figures(published: Published) -> str:
    rows = [
        (model, split, *measured.cells())
        for model, splits in published.figures.items()
        for split, measured in splits.items()
    ]
    return markdown_table(("model", "split", *FIGURES), rows)


def _variant(name: str, variant: Variant) -> list[str]:
    accuracies = (f"{accuracy:.4f}" for accuracy in variant.accuracies.values())
    return [name, *accuracies, f"{variant.milliseconds:.2f}"]
