"""The figures of a classifier's scores on an evaluation set: accuracy, mood accuracy, F1, calibration, divergence."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gateway.mood_map import FOLDED, MOOD_OF
from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS
from musicalface_training.arrays import Labels
from musicalface_training.calibration import Reliability, Scores, kl_divergence, reliability
from musicalface_training.face.data.evaluation_set import EvaluationSet
from musicalface_training.face.evaluation.predictions import Predictions

# The gateway's fold of eight emotions into seven, float32 (8, 7): contempt counts as disgust.
TO_SEVEN = np.array(
    [[FOLDED.get(kept, kept) is emotion for emotion in SEVEN_EMOTIONS] for kept in EIGHT_EMOTIONS], np.float32
)
MOOD_INDICES = np.array([MOODS.index(MOOD_OF[emotion]) for emotion in EIGHT_EMOTIONS])

FIGURES = ("FER2013", "FERPlus", "mood", "macro F1", "ECE", "KL of 7", "KL of 8")
"""The columns of Measured.cells."""
ABSENT = "–"


@dataclass(frozen=True)
class Measured:
    """The figures of one classifier on one set; None for a figure that needs labels or scores that are missing."""

    emotion: Predictions
    mood: Predictions
    reliability: Reliability
    fer2013: Predictions | None
    kl_of_seven: float | None
    kl_of_eight: float | None

    def figures(self) -> dict[str, Any]:
        """Return the figures for model.json, rounded to 4 decimals."""
        figures = {
            "fer2013_accuracy": self.fer2013.accuracy if self.fer2013 else None,
            "accuracy": self.emotion.accuracy,
            "mood_accuracy": self.mood.accuracy,
            "macro_f1": self.emotion.macro_f1,
            "ece": self.reliability.error,
            "kl_divergence": self.kl_of_eight if self.kl_of_eight is not None else self.kl_of_seven,
        }
        rounded = {name: round(value, 4) for name, value in figures.items() if value is not None}
        return {"faces": len(self.emotion.truth), **rounded}

    def cells(self) -> list[str]:
        """Return the figures as text, in the order of FIGURES."""
        values = (
            self.fer2013.accuracy if self.fer2013 else None,
            self.emotion.accuracy,
            self.mood.accuracy,
            self.emotion.macro_f1,
            self.reliability.error,
            self.kl_of_seven,
            self.kl_of_eight,
        )
        return [ABSENT if value is None else f"{value:.4f}" for value in values]


def measure(scores: Scores, faces: EvaluationSet) -> Measured:
    """Measure (n, 7) or (n, 8) scores of all n faces of a set.

    Accuracy, F1 and calibration are over the faces that count and the set's emotions: a classifier of seven emotions
    never predicts contempt. `fer2013` is over all faces, with contempt folded into disgust. The mood is that of the
    strongest of seven emotions, as in the gateway.
    """
    answered = scores if len(faces.emotions) == len(EIGHT_EMOTIONS) else fold_to_seven(scores)
    seen, counted = faces.seen[faces.counts], answered[faces.counts]
    strongest = _strongest(fold_to_seven(scores))
    return Measured(
        emotion=Predictions(seen, _strongest(counted), faces.emotions),
        mood=Predictions(MOOD_INDICES[seen], MOOD_INDICES[strongest[faces.counts]], MOODS),
        reliability=reliability(counted, seen),
        fer2013=None if faces.fer2013 is None else Predictions(faces.fer2013, strongest, SEVEN_EMOTIONS),
        kl_of_seven=_kl(scores, faces, len(SEVEN_EMOTIONS)),
        kl_of_eight=_kl(scores, faces, len(EIGHT_EMOTIONS)),
    )


def fold_to_seven(scores: Scores) -> Scores:
    """Add the score of contempt to disgust, as the gateway does: (n, 7) or (n, 8) to (n, 7)."""
    return np.asarray(scores @ TO_SEVEN[: scores.shape[1]])


def _strongest(scores: Scores) -> Labels:
    return np.asarray(np.argmax(scores, axis=1), np.int64)


def _kl(scores: Scores, faces: EvaluationSet, emotions: int) -> float | None:
    if faces.votes is None or scores.shape[1] < emotions:
        return None
    votes, counted = faces.votes[faces.counts], scores[faces.counts]
    if emotions == len(SEVEN_EMOTIONS):
        return kl_divergence(fold_to_seven(votes), fold_to_seven(counted))
    return kl_divergence(votes, counted)
