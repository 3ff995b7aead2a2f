"""The report on the reference face network, with its plots."""

from dataclasses import dataclass
from pathlib import Path

from musicalface_training.face.evaluation.predictions import Predictions
from musicalface_training.face.reference.train import REFERENCE_SCHEDULE
from musicalface_training.loop import Epoch, best_epoch
from musicalface_training.report import markdown_table, plot_curves, write_page

NAME = "face-reference"
PUBLISHED_ACCURACY = 0.6149

PAGE = """# Faces: the reference network

The plain CNN of the original description, on FER2013.

{figures}

Published for this network: {published:.4f}.

    make train-face-reference DATA=data

Seed {seed}; Adam 1e-3, batches of {batch}, {epochs} epochs at most, patience {patience} epochs. Epochs trained:
{trained}. Kept: epoch {kept}, the best on PublicTest. ONNX and Keras differ by {parity:.1e} at most. All figures are
those of the exported file, run by the service's own classifier.

## PrivateTest by emotion

{classes}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


@dataclass(frozen=True)
class Published:
    """The content of the report; `parity` is the largest difference between ONNX and Keras."""

    history: list[Epoch]
    public: Predictions
    private: Predictions
    parity: float


def write_report(folder: Path, published: Published) -> Path:
    """Write the page and its two plots; return the page's path."""
    page = write_page(folder, NAME, _page(published))
    plot_curves(folder / f"{NAME}-curves.png", published.history, "Reference face network, FER2013")
    published.private.plot(folder / f"{NAME}-confusion.png", "FER2013 PrivateTest")
    return page


def _page(published: Published) -> str:
    schedule = REFERENCE_SCHEDULE
    return PAGE.format(
        name=NAME,
        figures=_figures(published),
        published=PUBLISHED_ACCURACY,
        seed=schedule.seed,
        batch=schedule.batch_size,
        epochs=schedule.epochs,
        patience=schedule.patience,
        trained=len(published.history),
        kept=best_epoch(published.history) + 1,
        parity=published.parity,
        classes=published.private.emotion_table(),
    )


def _figures(published: Published) -> str:
    splits = (("PublicTest (chosen on)", published.public), ("PrivateTest", published.private))
    rows = [(name, len(split.truth), f"{split.accuracy:.4f}", f"{split.macro_f1:.4f}") for name, split in splits]
    return markdown_table(("split", "faces", "accuracy", "macro F1"), rows)
