"""Faces with what people see in them: what classifiers are measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import EIGHT_EMOTIONS, Emotion
from musicalface_training.errors import DatasetError
from musicalface_training.face.data.fer2013 import Fer2013, Split, load_fer2013
from musicalface_training.face.data.ferplus import FerPlus, Votes, distribution, load_ferplus, majority
from musicalface_training.face.split_names import SplitName


@dataclass(frozen=True)
class LabelledFaces:
    """uint8 (n, 48, 48) grey crops, and `seen`: int64 (n,) indices into `emotions`, -1 where a face does not count.

    FER2013 alone has its own single labels, int64 (n,), and FERPlus' votes: float32 (n, 8), shares of EIGHT_EMOTIONS.
    `skipped` counts the pictures that were left out, by the reason. `source` are the options that load the same again.
    """

    title: str
    source: str
    crops: npt.NDArray[np.uint8]
    seen: npt.NDArray[np.int64]
    emotions: Sequence[Emotion] = EIGHT_EMOTIONS
    fer2013: npt.NDArray[np.int64] | None = None
    votes: npt.NDArray[np.float32] | None = None
    skipped: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.seen)

    @property
    def counts(self) -> npt.NDArray[np.bool_]:
        """Which faces count: bool (n,)."""
        return self.seen >= 0


def describe(skipped: Mapping[str, int]) -> str:
    """Say how many pictures were left out for which reason."""
    return ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))


def load_test_split(data: Path, name: SplitName) -> LabelledFaces:
    """Load a split of FER2013 with FERPlus' votes. Raises DatasetError where either is missing or unreadable."""
    faces = load_fer2013(data)
    return label_splits(faces, load_ferplus(data, faces))[name]


def label_splits(faces: Fer2013, votes: FerPlus) -> dict[SplitName, LabelledFaces]:
    """Put the splits that nothing is trained on and their votes together. Raises DatasetError where none counts."""
    return {
        SplitName.PUBLIC: label_split(faces.public, votes.public, SplitName.PUBLIC),
        SplitName.PRIVATE: label_split(faces.private, votes.private, SplitName.PRIVATE),
    }


def label_split(faces: Split, votes: Votes, name: SplitName) -> LabelledFaces:
    seen = majority(votes)
    if not np.any(seen >= 0):
        raise DatasetError(f"no face of {name} counts by FERPlus' protocol")
    return LabelledFaces(
        title=f"FER2013 {name}",
        source=f"--data data --split {name}",
        crops=faces.crops,
        seen=seen,
        fer2013=faces.labels,
        votes=distribution(votes),
    )
