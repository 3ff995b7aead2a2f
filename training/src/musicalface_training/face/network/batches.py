"""The training batches and targets of the served face network: FERPlus' votes and FER2013's labels."""

import keras
import numpy as np

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training.arrays import Floats, Labels, Pixels
from musicalface_training.face.data.fer2013 import Faces
from musicalface_training.face.data.ferplus import UNDECIDED, Votes, distribution, majority
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.augment import augment
from musicalface_training.face.network.teacher import SHARE, TeacherScores

# About one in three of FER2013's labels is wrong.
SMOOTHING = 0.1
# End of the phase as a share of the epochs, side of the pictures in pixels, strength of augmentation. An epoch of
# smaller pictures takes four fifths of the time and teaches nearly as much (Tan & Le 2021). The last phase shows faces
# as they are served: the network is too small to overfit.
PHASES = ((0.4, 40, 1.0), (0.7, CROP_SIZE, 1.0), (1.0, CROP_SIZE, 0.4))

ByHead = dict[str, Floats]
Targets = tuple[ByHead, ByHead]
"""Targets and sample weights, by head."""


class TrainingBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """Shuffled and augmented batches. The content of an epoch depends only on the seed and the epoch's number."""

    def __init__(self, crops: Pixels, targets: Targets, batch_size: int, epochs: int, seed: int) -> None:
        super().__init__()
        self._crops = crops
        self._targets = targets
        self._batch_size = batch_size
        self._epochs = epochs
        self._seed = seed
        self.begin(0)

    def begin(self, epoch: int) -> None:
        """Shuffle the faces for an epoch, and set its picture side and augmentation."""
        self._epoch = epoch
        _, self._side, self._strength = next(phase for phase in PHASES if epoch < phase[0] * self._epochs)
        self._order = np.random.default_rng([self._seed, epoch]).permutation(len(self._crops))

    def __len__(self) -> int:
        """Return the number of full batches."""
        return len(self._crops) // self._batch_size

    def __getitem__(self, index: int) -> tuple[Floats, ByHead, ByHead]:
        """Return float32 (batch, side, side, 1) input, and targets and sample weights by head."""
        rows = self._order[index * self._batch_size : (index + 1) * self._batch_size]
        rng = np.random.default_rng([self._seed, self._epoch, index])
        crops = augment(self._crops[rows], self._side, self._strength, rng)
        targets, weights = ({head: values[rows] for head, values in part.items()} for part in self._targets)
        return to_input(crops), targets, weights


def training_targets(faces: Faces, votes: Votes) -> Targets:
    """Return the targets to train on: FERPlus' shares of votes, and FER2013's label, smoothed.

    A face without votes has weight 0 for `ferplus`.
    """
    spread = distribution(votes)
    smoothed = (1 - SMOOTHING) * _one_hot(faces.labels, len(SEVEN_EMOTIONS)) + SMOOTHING / len(SEVEN_EMOTIONS)
    targets = {"ferplus": spread, "fer2013": smoothed.astype(np.float32)}
    return targets, {"ferplus": np.sum(spread, axis=1), "fer2013": np.ones(len(faces), np.float32)}


def taught(targets: Targets, teacher: TeacherScores) -> Targets:
    """Return the targets mixed with a teacher's scores. A face without votes gets the teacher's scores only."""
    mixed = {head: (1 - SHARE) * values + SHARE * teacher[head] for head, values in targets[0].items()}
    whole = {head: values / np.sum(values, axis=1, keepdims=True) for head, values in mixed.items()}
    return whole, {head: np.ones(len(values), np.float32) for head, values in whole.items()}


def validation_targets(faces: Faces, votes: Votes) -> Targets:
    """Return the targets of the usual protocols: one label per face, weight 0 for `ferplus` without a majority."""
    label = majority(votes)
    counts = label != UNDECIDED
    targets = {
        "ferplus": _one_hot(np.where(counts, label, 0), len(EIGHT_EMOTIONS)),
        "fer2013": _one_hot(faces.labels, len(SEVEN_EMOTIONS)),
    }
    return targets, {"ferplus": counts.astype(np.float32), "fer2013": np.ones(len(faces), np.float32)}


def _one_hot(labels: Labels, classes: int) -> Floats:
    return np.eye(classes, dtype=np.float32)[labels]
