"""The report on the served lyrics network, with its plots."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musicalface_common.vocabulary import MOODS
from musicalface_training.calibration import Reliability, reliability
from musicalface_training.lyrics.evaluation.judgement import Judgement
from musicalface_training.lyrics.evaluation.out_of_fold import OutOfFold, calibrated
from musicalface_training.lyrics.network.architecture import LENGTH, WORDS
from musicalface_training.lyrics.network.student import FINE_TUNING, PRETRAINING
from musicalface_training.lyrics.network.train import Trained
from musicalface_training.report import markdown_table, plot_confusion, plot_reliability, write_page

NAME = "lyrics-mood"
ASKED = {"tags": "What people tag", "words": "What words say (MoodyLyrics)"}
FIGURES = ("songs", "accuracy", "macro-F1", "ECE")

PAGE = """# Lyrics: the served network

One trunk with two heads: the moods that people tag songs with (`lyrics-mood`, served as `default`), and the moods of
the words by MoodyLyrics' labels (`lyrics-words`). [lyrics.md](lyrics.md) lists the other experiments.

    make train-lyrics DATA=data

Pretraining: the network learns to predict the sentence embeddings of {unjudged} songs without labels ({pretraining}
epochs). Fine-tuning: both heads learn from {songs} songs ({fine_tuning} epochs). The targets of labelled songs mix
people's labels with the teachers' scores; the targets of all others are the teachers' scores. The input is the first
{length} words of a song; the vocabulary has {words} words.

All figures are out of fold: five folds by artist (StratifiedGroupKFold, seed 0). Networks and teachers learn no label
of a song by the artists that they are judged on. The vocabulary and the pretraining use songs without labels, some of
them by those artists. Covers by other artists are included; the last row leaves out songs whose set of words overlaps
by .6 or more with that of a song whose label the network learnt. The regularisation and mixture of the teachers, the
sharpness and weights of their scores, dropout and epochs were chosen on some of these folds, which flatters teacher
and network: see [lyrics.md](lyrics.md). The reference LSTM is the served one, which was trained on most of MoodyLyrics:
its figure on MoodyLyrics is not a fair measure. ECE: 15 bins; the network's is after a temperature that was fitted on
the other four fifths of the songs.
{questions}
## As served

ONNX and Keras differ by {parity:.1e} at most. Temperatures, fitted on the songs out of fold: {temperatures}. Size of
file and vocabulary: {size:.1f} MB. Speed: {speed:,.0f} songs a second on one thread in batches of 32, without
tokenizing.

![Reliability]({name}-reliability.png)
"""
QUESTION = """
## {asked}

{figures}

![Confusion matrix]({name}-{question}-confusion.png)
"""


@dataclass(frozen=True)
class Published:
    """The content of the report: `comparison` by question and name, `size` in bytes, `speed` in songs a second."""

    trained: Trained
    comparison: Mapping[str, Mapping[str, Judgement]]
    temperatures: Mapping[str, float]
    parity: float
    size: int
    speed: float


def write_report(folder: Path, published: Published) -> Path:
    """Write the page and its plots; return the page's path."""
    page = write_page(folder, NAME, _page(published))
    judged = published.trained.judged
    for question, found in judged.items():
        said = np.asarray(np.argmax(found.network, axis=1), np.int64)
        plot_confusion(folder / f"{NAME}-{question}-confusion.png", found.labels, said, MOODS, ASKED[question])
    diagrams = {ASKED[question]: _reliability(found) for question, found in judged.items()}
    plot_reliability(folder / f"{NAME}-reliability.png", diagrams, "Served lyrics network, out of fold")
    return page


def _reliability(found: OutOfFold) -> Reliability:
    return reliability(calibrated(found.network, found.labels), found.labels)


def _page(published: Published) -> str:
    corpus = published.trained.corpus
    judged = np.any([corpus.labelled(question) for question in corpus.labels], axis=0)
    return PAGE.format(
        name=NAME,
        unjudged=f"{np.sum(~judged):,}",
        songs=f"{len(corpus.songs):,}",
        pretraining=PRETRAINING.epochs,
        fine_tuning=FINE_TUNING.epochs,
        words=f"{WORDS:,}",
        length=LENGTH,
        questions="".join(_question(question, rows) for question, rows in published.comparison.items()),
        parity=published.parity,
        temperatures=", ".join(f"{question} {value:.3f}" for question, value in published.temperatures.items()),
        size=published.size / 1e6,
        speed=published.speed,
    )


def _question(question: str, rows: Mapping[str, Judgement]) -> str:
    table = markdown_table(("", *FIGURES), [(name, *row.cells()) for name, row in rows.items()])
    return QUESTION.format(name=NAME, question=question, asked=ASKED[question], figures=table)
