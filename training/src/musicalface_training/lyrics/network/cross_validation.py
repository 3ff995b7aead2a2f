"""The lyrics network out of fold: each song judged by one that was taught no mood of its artist's songs."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from musicalface_training.lyrics.data.corpus import Corpus, Fold
from musicalface_training.lyrics.network.student import fine_tune
from musicalface_training.lyrics.teachers.lessons import make_lessons
from musicalface_training.lyrics.teachers.regressions import Evidence

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OutOfFold:
    """Of the songs judged by one question: ids, int64 (n,) labels, float32 (n, 4) scores of teacher and network."""

    ids: list[str]
    labels: Labels
    teacher: Floats
    network: Floats


def judge_folds(
    corpus: Corpus,
    folds: list[Fold],
    evidence: Evidence,
    pretrained: Path,
    tokens: npt.NDArray[np.int32],
    folder: Path,
) -> dict[str, OutOfFold]:
    """Fine-tune a network a fold, and score what it held out. What is in `folder` is not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, fold in enumerate(folds):
        path = folder / f"fold-{number}.npz"
        if not path.exists():
            _judge(corpus, fold, evidence, pretrained, tokens, path)
        parts.append(dict(np.load(path)))
    return {question: _joined(corpus, question, folds, parts) for question in corpus.labels}


def _judge(
    corpus: Corpus, fold: Fold, evidence: Evidence, pretrained: Path, tokens: npt.NDArray[np.int32], path: Path
) -> None:
    lessons = make_lessons(corpus, evidence, fold.artists)
    network = fine_tune(pretrained, tokens[lessons.rows], lessons.targets)
    judged = {}
    for question, mask in fold.judged.items():
        logits = network.predict(tokens[mask], batch_size=256, verbose=0)[question]
        judged[f"{question}-network"] = softmax(logits, axis=1)
        judged[f"{question}-teacher"] = lessons.taught[question][mask]
    written = path.with_suffix(".tmp.npz")
    np.savez(written, **judged)
    written.replace(path)


def _joined(corpus: Corpus, question: str, folds: list[Fold], parts: list[dict[str, Floats]]) -> OutOfFold:
    rows = np.concatenate([np.flatnonzero(fold.judged[question]) for fold in folds])
    teacher, network = (np.concatenate([part[f"{question}-{who}"] for part in parts]) for who in ("teacher", "network"))
    return OutOfFold([corpus.songs.ids[row] for row in rows], corpus.labels[question][rows], teacher, network)
