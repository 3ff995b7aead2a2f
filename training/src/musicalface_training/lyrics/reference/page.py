"""The report on the reference lyrics network, with its plots."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from musicalface_common.vocabulary import MOODS
from musicalface_training.loop import best_epoch
from musicalface_training.lyrics.data.songs import Songs
from musicalface_training.lyrics.data.splits import Partition
from musicalface_training.lyrics.reference.architecture import LENGTH, WORDS
from musicalface_training.lyrics.reference.measures import TagAccuracy, kept_accuracy
from musicalface_training.lyrics.reference.train import SCHEDULE, Outcome
from musicalface_training.report import markdown_table, plot_confusion, plot_curves, write_page

NAME = "lyrics-reference"
PUBLISHED = 0.845

PAGE = """# Lyrics: the reference network

The plain LSTM of the original description: the {words} most frequent words, sequences of {length} tokens, Embedding 50,
LSTM 32, Dense 256 ReLU, Dropout 0.2, Dense 4 softmax; RMSprop, batch {batch}, {epochs} epochs at most.

    make train-lyrics-reference DATA=data

Seed {seed}, Keras {keras}. A stopped run resumes after its last epoch. The network of the 80/20 split is served, as
`reference` in `model.json`; on the test songs its ONNX file differs from Keras by {parity:.1e} at most.

## Data

`moodylyrics_genius.csv` without songs that have no words, and with each song once (same artist and title, or same
words): {songs} songs of {artists} artists; {moods}. The vocabulary is counted on the training part only. Training stops
when {patience} epochs in a row do not improve the accuracy on the validation part; the best epoch is kept. The test
part is measured once.

{split}

## Figures

{figures}

The published figure is for another random 80/20 split, of 2,061 songs. Folds by artist are the fairer measure: no
artist is in two parts.

{folds}

MoodyLyrics' labels follow the valence and arousal of a song's single words. Accuracy on moods that people tagged:
{tagged}.

## Moods of the test part

{moods_table}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


@dataclass(frozen=True)
class Published:
    """The content of the report; `parity` is the largest difference between ONNX and Keras."""

    songs: Songs
    split: Partition
    outcome: Outcome
    folds: Sequence[Outcome]
    tagged: TagAccuracy | None
    parity: float


def write_report(published: Published, folder: Path) -> Path:
    """Write the page and its two plots; return the page's path."""
    page = write_page(folder, NAME, _page(published))
    outcome = published.outcome
    confusion, curves = (folder / f"{NAME}-{part}.png" for part in ("confusion", "curves"))
    plot_confusion(confusion, outcome.truth, outcome.predicted, MOODS, f"{NAME}, test part of the 80/20 split")
    plot_curves(curves, outcome.history, f"{NAME}, 80/20 split")
    return page


def _page(published: Published) -> str:
    songs = published.songs
    counts = np.bincount(songs.labels, minlength=len(MOODS))
    return PAGE.format(
        name=NAME,
        words=WORDS,
        length=LENGTH,
        batch=SCHEDULE.batch_size,
        epochs=SCHEDULE.epochs,
        patience=SCHEDULE.patience,
        seed=SCHEDULE.seed,
        keras=keras.__version__,
        parity=published.parity,
        songs=len(songs),
        artists=len(set(songs.artists)),
        moods=", ".join(f"{count} {mood}" for mood, count in zip(MOODS, counts, strict=True)),
        split=_split_table(published.split),
        figures=_figures_table(published),
        folds=_folds_table(published.folds),
        tagged=_tagged(published.tagged),
        moods_table=_moods_table(published.outcome),
    )


def _split_table(split: Partition) -> str:
    rows = [("training", len(split.train)), ("validation", len(split.validation)), ("test", len(split.test))]
    return markdown_table(("part of the 80/20 split", "songs"), rows)


def _figures_table(published: Published) -> str:
    accuracies = [fold.accuracy for fold in published.folds]
    rows = [
        ("80/20 split, test part", f"{published.outcome.accuracy:.1%}"),
        ("80/20 split, published", f"{PUBLISHED:.1%}"),
        ("80/20 split, validation part (chosen on)", f"{kept_accuracy(published.outcome):.1%}"),
        ("five folds by artist", f"{np.mean(accuracies):.1%} ± {np.std(accuracies, ddof=1):.1%} (mean ± sd)"),
    ]
    return markdown_table(("measured on", "accuracy"), rows)


def _folds_table(folds: Sequence[Outcome]) -> str:
    rows = [
        (number, len(fold.truth), len(fold.history), best_epoch(fold.history) + 1, f"{fold.accuracy:.1%}")
        for number, fold in enumerate(folds, 1)
    ]
    return markdown_table(("fold", "test songs", "epochs", "kept epoch", "accuracy"), rows)


def _tagged(tagged: TagAccuracy | None) -> str:
    if tagged is None:
        return "not measured, NJU-MusicMood was missing"
    return (
        f"{tagged.accuracy:.1%} on the {tagged.songs} songs of NJU-MusicMood's training part that are not in the set "
        f"(predicting their most frequent mood for all: {tagged.majority:.1%})"
    )


def _moods_table(outcome: Outcome) -> str:
    rows = []
    for label, mood in enumerate(MOODS):
        true, said = outcome.truth == label, outcome.predicted == label
        hits = np.sum(true & said)
        rows.append((mood, np.sum(true), f"{hits / max(np.sum(said), 1):.2f}", f"{hits / max(np.sum(true), 1):.2f}"))
    return markdown_table(("mood", "songs", "precision", "recall"), rows)
