"""Sets of labelled faces that classifiers are measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from musicalface_common.vocabulary import EIGHT_EMOTIONS, Emotion
from musicalface_training.arrays import Floats, Labels, Mask, Pixels
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import Faces, Fer2013, SplitName, load_fer2013
from musicalface_training.face.data.ferplus import FerPlus, Votes, distribution, load_ferplus, majority


@dataclass(frozen=True)
class EvaluationSet:
    """Grey crops, uint8 (n, 48, 48), and the emotion that people see in each: `seen`, int64 (n,).

    `seen` holds indices into `emotions`, -1 for a face that does not count. Only FER2013 has `fer2013`, its own labels,
    int64 (n,), and `votes`, FERPlus' shares of EIGHT_EMOTIONS, float32 (n, 8). `source` is the command-line options
    that load this set; `skipped` counts the pictures left out, by reason.
    """

    title: str
    source: str
    crops: Pixels
    seen: Labels
    emotions: Sequence[Emotion] = EIGHT_EMOTIONS
    fer2013: Labels | None = None
    votes: Floats | None = None
    skipped: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.seen)

    @property
    def counts(self) -> Mask:
        """Return which faces count: bool (n,)."""
        return self.seen >= 0


def describe(skipped: Mapping[str, int]) -> str:
    """Return how many pictures were left out for each reason, as text."""
    return ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))


def load_test_split(data: Path, name: SplitName) -> EvaluationSet:
    """Load a split of FER2013 with FERPlus' votes. Raises DatasetError if either is missing or unreadable."""
    faces = load_fer2013(data)
    return label_splits(faces, load_ferplus(data, faces))[name]


def label_splits(faces: Fer2013, votes: FerPlus) -> dict[SplitName, EvaluationSet]:
    """Join the splits that nothing is trained on with their votes. Raises DatasetError if no face of one counts."""
    return {
        SplitName.PUBLIC: label_split(faces.public, votes.public, SplitName.PUBLIC),
        SplitName.PRIVATE: label_split(faces.private, votes.private, SplitName.PRIVATE),
    }


def label_split(faces: Faces, votes: Votes, name: SplitName) -> EvaluationSet:
    """Join a split with its votes. Raises DatasetError if no face counts by FERPlus' protocol."""
    seen = majority(votes)
    if not np.any(seen >= 0):
        raise DatasetError(f"no face of {name} counts by FERPlus' protocol")
    return EvaluationSet(
        title=f"FER2013 {name}",
        source=f"--data data --split {name}",
        crops=faces.crops,
        seen=seen,
        fer2013=faces.labels,
        votes=distribution(votes),
    )
