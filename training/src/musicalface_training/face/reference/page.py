"""The reference face network's page in training/reports/."""

from pathlib import Path

from musicalface_training.face.evaluation.predictions import Evaluation
from musicalface_training.face.reference.train import REFERENCE_SCHEDULE
from musicalface_training.loop import Epoch, best_epoch
from musicalface_training.report import markdown_table, plot_confusion, plot_curves

NAME = "face-reference"
PUBLISHED_ACCURACY = 0.6149

PAGE = """# Faces: the reference network

The plain CNN that this project goes back to, on FER2013.

{figures}

Published for this network: {published:.4f}.

    make train-face-reference DATA=data

Seed {seed}; Adam 1e-3, batches of {batch}, at most {epochs} epochs, patience {patience}. Epochs trained: {trained};
kept: epoch {kept}, the best on PublicTest. ONNX and Keras differ by {parity:.1e} at most. The figures are the exported
file's, under the service's own classifier.

## PrivateTest by emotion

{classes}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


def write_reference_page(
    folder: Path, history: list[Epoch], public: Evaluation, private: Evaluation, parity: float
) -> Path:
    """Write the page and its two pictures; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    plot_curves(folder / f"{NAME}-curves.png", history, "Reference face network, FER2013")
    plot_confusion(
        folder / f"{NAME}-confusion.png", private.truth, private.predicted, private.names, "FER2013 PrivateTest"
    )
    page = folder / f"{NAME}.md"
    page.write_text(_page(history, public, private, parity), "utf-8")
    return page


def _page(history: list[Epoch], public: Evaluation, private: Evaluation, parity: float) -> str:
    schedule = REFERENCE_SCHEDULE
    figures = markdown_table(
        ("split", "faces", "accuracy", "macro F1"),
        [
            (name, len(split.truth), f"{split.accuracy:.4f}", f"{split.macro_f1:.4f}")
            for name, split in (("PublicTest (chosen on)", public), ("PrivateTest", private))
        ],
    )
    classes = markdown_table(
        ("emotion", "faces", "recall", "F1"),
        private.class_cells(),
    )
    return PAGE.format(
        name=NAME,
        figures=figures,
        published=PUBLISHED_ACCURACY,
        seed=schedule.seed,
        batch=schedule.batch_size,
        epochs=schedule.epochs,
        patience=schedule.patience,
        trained=len(history),
        kept=best_epoch(history) + 1,
        parity=parity,
        classes=classes,
    )
