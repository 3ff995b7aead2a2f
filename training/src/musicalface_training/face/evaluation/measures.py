"""What a classifier's scores are worth on labelled faces."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gateway.mood_map import FOLDED, MOOD_OF
from musicalface_common.vocabulary import EIGHT_EMOTIONS, MOODS, SEVEN_EMOTIONS
from musicalface_training.calibration import Reliability, kl_divergence, reliability
from musicalface_training.face.data.evaluation_set import LabelledFaces
from musicalface_training.face.evaluation.predictions import Evaluation

# float32 (8, 7): where the gateway counts each of the eight emotions when it knows seven.
TO_SEVEN = np.array(
    [[FOLDED.get(kept, kept) is emotion for emotion in SEVEN_EMOTIONS] for kept in EIGHT_EMOTIONS], np.float32
)
MOOD_INDICES = np.array([MOODS.index(MOOD_OF[emotion]) for emotion in EIGHT_EMOTIONS])

FIGURES = ("FER2013", "FERPlus", "mood", "macro F1", "ECE", "KL of 7", "KL of 8")
"""The columns of a table of figures."""
ABSENT = "–"

Scores = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """The figures of one classifier on one set of faces; None for what the set or the classifier cannot give."""

    emotion: Evaluation
    mood: Evaluation
    reliability: Reliability
    fer2013: Evaluation | None
    kl_of_seven: float | None
    kl_of_eight: float | None

    def figures(self) -> dict[str, Any]:
        """List the figures as model.json keeps them."""
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
        """Write the figures out, as FIGURES names their columns."""
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


def measure(scores: Scores, faces: LabelledFaces) -> Measured:
    """Measure (n, 7) or (n, 8) scores of all faces.

    Accuracy, F1 and calibration are those of the faces that count, over the set's emotions: a classifier of seven
    never answers contempt. FER2013's labels are met by every face, with contempt folded into disgust. The mood is the
    gateway's: that of the strongest of the seven.
    """
    answered = scores if len(faces.emotions) == len(EIGHT_EMOTIONS) else fold_to_seven(scores)
    seen, counted = faces.seen[faces.counts], answered[faces.counts]
    strongest = _strongest(fold_to_seven(scores))
    return Measured(
        emotion=Evaluation(seen, _strongest(counted), faces.emotions),
        mood=Evaluation(MOOD_INDICES[seen], MOOD_INDICES[strongest[faces.counts]], MOODS),
        reliability=reliability(counted, seen),
        fer2013=None if faces.fer2013 is None else Evaluation(faces.fer2013, strongest, SEVEN_EMOTIONS),
        kl_of_seven=_kl(scores, faces, len(SEVEN_EMOTIONS)),
        kl_of_eight=_kl(scores, faces, len(EIGHT_EMOTIONS)),
    )


def fold_to_seven(scores: Scores) -> Scores:
    """Add contempt to disgust, as the gateway does: (n, 7) or (n, 8) to (n, 7)."""
    return np.asarray(scores @ TO_SEVEN[: scores.shape[1]])


def _strongest(scores: Scores) -> npt.NDArray[np.int64]:
    return np.asarray(np.argmax(scores, axis=1), np.int64)


def _kl(scores: Scores, faces: LabelledFaces, emotions: int) -> float | None:
    if faces.votes is None or scores.shape[1] < emotions:
        return None
    votes, counted = faces.votes[faces.counts], scores[faces.counts]
    if emotions == len(SEVEN_EMOTIONS):
        return kl_divergence(fold_to_seven(votes), fold_to_seven(counted))
    return kl_divergence(votes, counted)
