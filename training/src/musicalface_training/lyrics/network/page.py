"""The served lyrics network's page in training/reports/."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musicalface_common.vocabulary import MOODS
from musicalface_training.calibration import Reliability, reliability
from musicalface_training.lyrics.evaluation.judgement import Judgement
from musicalface_training.lyrics.network.architecture import LENGTH, WORDS
from musicalface_training.lyrics.network.cross_validation import OutOfFold
from musicalface_training.lyrics.network.served import calibrated
from musicalface_training.lyrics.network.student import FINE_TUNING, PRETRAINING
from musicalface_training.lyrics.network.train import Trained
from musicalface_training.report import markdown_table, plot_confusion, plot_reliability

NAME = "lyrics-mood"
ASKED = {"tags": "What people tag", "words": "What words say (MoodyLyrics)"}
FIGURES = ("songs", "accuracy", "macro-F1", "ECE")

PAGE = """# Lyrics: the served network

One trunk under two heads: what people tag a song with (`lyrics-mood`, served as `default`), and what its words say by
MoodyLyrics' labels (`lyrics-words`). What else was tried is told in [lyrics.md](lyrics.md).

    make train-lyrics DATA=data

{unjudged} songs that no set judges place themselves as their sentence embedding does ({pretraining} epochs); then both
heads learn from {songs} songs ({fine_tuning} epochs): from people's labels where there are any, mixed with what
teachers think, and from the teachers alone elsewhere. {words} words, the first {length} of a song.

Each figure is out of fold: five folds by artist (StratifiedGroupKFold, seed 0). Neither a network nor its teachers
learn moods from a song of the artists that they are judged on; vocabulary and pretraining are of songs without labels,
some by those artists. Covers by other artists stay; the last row leaves out songs whose set of words overlaps by .6
with one that was learnt from. How teachers are regularised and
mixed, how their scores are sharpened and weighed, dropout and epochs were chosen on some of these folds, which flatters
teacher and network: see [lyrics.md](lyrics.md).
The reference LSTM is the served one, which learned from most of MoodyLyrics: on MoodyLyrics its figure is no measure.
ECE over 15 bins; the network's after a temperature that was chosen on the other four fifths.
{questions}
## As it is served

ONNX and Keras differ by {parity:.1e} at most. Temperatures, from the songs out of fold: {temperatures}. File and
vocabulary: {size:.1f} MB. {speed:,.0f} songs a second on one thread in batches of 32, tokens ready.

![Reliability]({name}-reliability.png)
"""
QUESTION = """
## {asked}

{figures}

![Confusion matrix]({name}-{question}-confusion.png)
"""


@dataclass(frozen=True)
class Published:
    """All that the page tells of; `size` in bytes, `speed` in songs a second."""

    trained: Trained
    comparison: Mapping[str, Mapping[str, Judgement]]
    temperatures: Mapping[str, float]
    parity: float
    size: int
    speed: float


def write_network_page(folder: Path, published: Published) -> Path:
    """Write the page and its pictures; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    judged = published.trained.judged
    for question, found in judged.items():
        said = np.asarray(np.argmax(found.network, axis=1), np.int64)
        plot_confusion(folder / f"{NAME}-{question}-confusion.png", found.labels, said, MOODS, ASKED[question])
    diagrams = {ASKED[question]: _reliability(found) for question, found in judged.items()}
    plot_reliability(folder / f"{NAME}-reliability.png", diagrams, "Served lyrics network, out of fold")
    page = folder / f"{NAME}.md"
    page.write_text(_page(published), "utf-8")
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
