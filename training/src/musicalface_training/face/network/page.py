"""The served face network's page in training/reports/."""

from pathlib import Path

from musicalface_training.face.evaluation.measures import FIGURES
from musicalface_training.face.network.train import METRIC
from musicalface_training.face.published import Published, Variant
from musicalface_training.face.split_names import SplitName
from musicalface_training.loop import best_epoch
from musicalface_training.report import markdown_table, plot_confusion, plot_curves

NAME = "face-emotion"
CURVES = ("ferplus_loss", "ferplus_accuracy", "fer2013_accuracy")

PAGE = """# Faces: the served network

One trunk under two heads: how FERPlus' annotators voted (`face-emotion`, served as `default`), and FER2013's own label
(`fer2013`). What each column means is told in [face-evaluation.md](face-evaluation.md); what else was tried, in
[face.md](face.md).

{figures}

    make train-face DATA=data

SGD with momentum .9 and a cosine schedule; trained: {trained} epochs; kept: the moving average of epoch {kept}, the
best on PublicTest. What the run began with (a teacher gives half of the targets):

{run}

Temperatures, from PublicTest: {temperatures}. ONNX and Keras differ by {parity:.1e} at most. The figures are the
exported file's, under the service's own classifier.

Convolutions in eight bits ship where they are faster and both heads lose less than .003 on PublicTest; shipped:
{shipped}.

{bits}

## PrivateTest by emotion (FERPlus)

{classes}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


def write_network_page(folder: Path, published: Published) -> Path:
    """Write the page and its two pictures; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    private = published.figures[NAME][SplitName.PRIVATE].emotion
    plot_curves(folder / f"{NAME}-curves.png", published.history, "Served face network", CURVES, METRIC)
    plot_confusion(
        folder / f"{NAME}-confusion.png", private.truth, private.predicted, private.names, "FERPlus PrivateTest"
    )
    page = folder / f"{NAME}.md"
    page.write_text(_page(published), "utf-8")
    return page


def _page(published: Published) -> str:
    private = published.figures[NAME][SplitName.PRIVATE].emotion
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
        classes=markdown_table(
            ("emotion", "faces", "recall", "F1"),
            private.class_cells(),
        ),
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
