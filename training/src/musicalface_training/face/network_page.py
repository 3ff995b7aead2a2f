"""The served face network's page in training/reports/."""

from pathlib import Path

from musicalface_training.face.measures import Measured
from musicalface_training.face.published import Published
from musicalface_training.face.split_names import SplitName
from musicalface_training.face.train_network import LEARNING_RATE, LOSS_WEIGHTS, METRIC, SCHEDULES
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

Size: {size}. Seed {seed}; SGD with momentum .9 and a cosine schedule from {rate}, batches of {batch},
{epochs} epochs, of which {trained} are trained; kept: the moving average of epoch {kept}, the best on PublicTest. The
head of FER2013 counts {weight} in the loss. Temperatures, from PublicTest: {temperatures}. ONNX and Keras differ by
{parity:.1e} at most. The figures are the exported file's, under the service's own classifier.

Convolutions in eight bits, by accuracy on PublicTest (they ship where both heads lose less than .003):

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
    schedule = SCHEDULES[published.size]
    return PAGE.format(
        name=NAME,
        size=published.size,
        figures=_figures(published),
        seed=schedule.seed,
        rate=LEARNING_RATE,
        batch=schedule.batch_size,
        epochs=schedule.epochs,
        trained=len(published.history),
        kept=best_epoch(published.history, METRIC) + 1,
        weight=LOSS_WEIGHTS["fer2013"],
        temperatures=", ".join(f"{head} {value:.3f}" for head, value in published.temperatures.items()),
        parity=published.parity,
        bits=markdown_table(
            ("model", "float32", "8 bits"),
            [(name, f"{value:.4f}", f"{published.quantised[name]:.4f}") for name, value in published.exact.items()],
        ),
        classes=markdown_table(
            ("emotion", "faces", "recall", "F1"),
            [(name, count, f"{recall:.3f}", f"{f1:.3f}") for name, count, recall, f1 in private.per_class()],
        ),
    )


def _figures(published: Published) -> str:
    rows = [
        (model, split, *_cells(measured))
        for model, splits in published.figures.items()
        for split, measured in splits.items()
    ]
    return markdown_table(("model", "split", "FER2013", "FERPlus", "mood", "macro F1", "ECE", "KL of 7"), rows)


def _cells(measured: Measured) -> list[str]:
    values = (
        measured.fer2013.accuracy if measured.fer2013 else None,
        measured.emotion.accuracy,
        measured.mood.accuracy,
        measured.emotion.macro_f1,
        measured.reliability.error,
        measured.kl_of_seven,
    )
    return ["–" if value is None else f"{value:.4f}" for value in values]
