"""The report of the reference lyrics network, as Markdown and PNG."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from musicalface_common.vocabulary import MOODS
from musicalface_training.loop import best_epoch
from musicalface_training.lyrics.data.songs import Songs
from musicalface_training.lyrics.data.splits import Split
from musicalface_training.lyrics.reference.architecture import LENGTH, WORDS
from musicalface_training.lyrics.reference.measures import Measured, kept_accuracy
from musicalface_training.lyrics.reference.train import SCHEDULE, Outcome
from musicalface_training.report import markdown_table, plot_confusion, plot_curves

NAME = "lyrics-reference"
PUBLISHED = 0.845

PAGE = """# Lyrics: the reference network

The plain LSTM that this project goes back to: the {words} most frequent words, sequences of {length} tokens,
Embedding 50, LSTM 32, Dense 256 ReLU, Dropout 0.2, Dense 4 softmax; RMSprop, batch {batch}, up to {epochs} epochs.

    make train-lyrics-reference DATA=data

Seed {seed}, Keras {keras}. A stopped run goes on from its last epoch. The network of the 80/20 split is the one that
is served, as `reference` in `model.json`; on the test songs its ONNX file differs from Keras by {parity:.1e} at most.

## Data

`moodylyrics_genius.csv` without wordless songs and twins (same artist and title, or same words): {songs} songs of
{artists} artists; {moods}. The vocabulary is counted on the training part
alone. Training stops when {patience} epochs bring no better accuracy on the validation part, and the best epoch is
kept; the test part is looked at once.

{split}

## Figures

{figures}

The published figure is of another draw of 80/20, from 2,061 songs. Folds by artist are the fairer measure: no artist is
in two parts.

{folds}

MoodyLyrics' labels follow the valence and arousal of a song's single words. On moods that people gave by tags:
{tagged}.

## Each mood on the test part

{moods_table}

![Confusion matrix]({name}-confusion.png)

![Learning curves]({name}-curves.png)
"""


@dataclass(frozen=True)
class Findings:
    """All that the report tells of."""

    songs: Songs
    split: Split
    outcome: Outcome
    folds: Sequence[Outcome]
    tagged: Measured | None
    parity: float


def write_report(findings: Findings, folder: Path) -> Path:
    """Write the page and its pictures; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    outcome = findings.outcome
    confusion, curves = (folder / f"{NAME}-{part}.png" for part in ("confusion", "curves"))
    plot_confusion(confusion, outcome.truth, outcome.predicted, MOODS, f"{NAME}, test part of the 80/20 split")
    plot_curves(curves, outcome.history, f"{NAME}, 80/20 split")
    page = folder / f"{NAME}.md"
    page.write_text(_page(findings), "utf-8")
    return page


def _page(findings: Findings) -> str:
    songs = findings.songs
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
        parity=findings.parity,
        songs=len(songs),
        artists=len(set(songs.artists)),
        moods=", ".join(f"{count} {mood}" for mood, count in zip(MOODS, counts, strict=True)),
        split=_split_table(findings.split),
        figures=_figures_table(findings),
        folds=_folds_table(findings.folds),
        tagged=_tagged(findings.tagged),
        moods_table=_moods_table(findings.outcome),
    )


def _split_table(split: Split) -> str:
    rows = [("training", len(split.train)), ("validation", len(split.validation)), ("test", len(split.test))]
    return markdown_table(("part of the 80/20 split", "songs"), rows)


def _figures_table(findings: Findings) -> str:
    accuracies = [fold.accuracy for fold in findings.folds]
    rows = [
        ("80/20 split, test part", f"{findings.outcome.accuracy:.1%}"),
        ("80/20 split, published", f"{PUBLISHED:.1%}"),
        ("80/20 split, validation part (chosen on)", f"{kept_accuracy(findings.outcome):.1%}"),
        ("five folds by artist", f"{np.mean(accuracies):.1%} ± {np.std(accuracies, ddof=1):.1%} (mean ± sd)"),
    ]
    return markdown_table(("measured on", "accuracy"), rows)


def _folds_table(folds: Sequence[Outcome]) -> str:
    rows = [
        (number, len(fold.truth), len(fold.history), best_epoch(fold.history) + 1, f"{fold.accuracy:.1%}")
        for number, fold in enumerate(folds, 1)
    ]
    return markdown_table(("fold", "test songs", "epochs", "kept epoch", "accuracy"), rows)


def _tagged(tagged: Measured | None) -> str:
    if tagged is None:
        return "not measured, NJU-MusicMood was not there"
    return (
        f"{tagged.accuracy:.1%} on the {tagged.songs} songs of NJU-MusicMood's training part that are not in the set "
        f"(always saying their most frequent mood: {tagged.majority:.1%})"
    )


def _moods_table(outcome: Outcome) -> str:
    rows = []
    for label, mood in enumerate(MOODS):
        true, said = outcome.truth == label, outcome.predicted == label
        hits = np.sum(true & said)
        rows.append((mood, np.sum(true), f"{hits / max(np.sum(said), 1):.2f}", f"{hits / max(np.sum(true), 1):.2f}"))
    return markdown_table(("mood", "songs", "precision", "recall"), rows)
