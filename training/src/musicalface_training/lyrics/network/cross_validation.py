"""The cross-validation of the lyrics network: each song is scored by a network that knows no label of its artist."""

from pathlib import Path

import numpy as np
from scipy.special import softmax

from musicalface_training.arrays import Floats, Tokens
from musicalface_training.lyrics.data.corpus import Corpus, Fold
from musicalface_training.lyrics.evaluation.out_of_fold import OutOfFold
from musicalface_training.lyrics.network.student import fine_tune
from musicalface_training.lyrics.teachers.lessons import make_lessons
from musicalface_training.lyrics.teachers.regressions import Evidence


def judge_folds(
    corpus: Corpus, folds: list[Fold], evidence: Evidence, pretrained: Path, tokens: Tokens, folder: Path
) -> dict[str, OutOfFold]:
    """Fine-tune one network per fold, and score the songs that the fold holds out. Reads folds that are in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, fold in enumerate(folds):
        path = folder / f"fold-{number}.npz"
        if not path.exists():
            _judge(corpus, fold, evidence, pretrained, tokens, path)
        parts.append(dict(np.load(path)))
    return {question: _joined(corpus, question, folds, parts) for question in corpus.labels}


def _judge(corpus: Corpus, fold: Fold, evidence: Evidence, pretrained: Path, tokens: Tokens, path: Path) -> None:
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
