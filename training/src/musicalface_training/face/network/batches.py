"""What the served face network is trained on, batch by batch: FERPlus' votes and FER2013's labels together."""

import keras
import numpy as np
import numpy.typing as npt

from face_emotion.crop.preprocessing import CROP_SIZE
from musicalface_common.vocabulary import EIGHT_EMOTIONS, SEVEN_EMOTIONS
from musicalface_training.face.data.fer2013 import Split
from musicalface_training.face.data.ferplus import UNDECIDED, Votes, distribution, majority
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.augment import augment
from musicalface_training.face.network.teacher import SHARE, Scores

# FER2013's single labels are wrong about one time in three.
SMOOTHING = 0.1
# Until which share of the epochs: picture side, strength of augmentation. An epoch of smaller pictures costs four
# fifths and teaches nearly as much (Tan & Le 2021). In the end the network, too small to overfit, sees faces as they
# will come.
PHASES = ((0.4, 40, 1.0), (0.7, CROP_SIZE, 1.0), (1.0, CROP_SIZE, 0.4))

Arrays = dict[str, npt.NDArray[np.float32]]
Targets = tuple[Arrays, Arrays]
"""Targets and sample weights, a head each."""


class TrainingBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """Shuffled and augmented batches; what an epoch sees depends on the seed and its number alone."""

    def __init__(self, crops: npt.NDArray[np.uint8], targets: Targets, batch_size: int, epochs: int, seed: int) -> None:
        super().__init__()
        self._crops = crops
        self._targets = targets
        self._batch_size = batch_size
        self._epochs = epochs
        self._seed = seed
        self.begin(0)

    def begin(self, epoch: int) -> None:
        """Shuffle anew for an epoch, and choose its phase."""
        self._epoch = epoch
        _, self._side, self._strength = next(phase for phase in PHASES if epoch < phase[0] * self._epochs)
        self._order = np.random.default_rng([self._seed, epoch]).permutation(len(self._crops))

    def __len__(self) -> int:
        """Count the full batches."""
        return len(self._crops) // self._batch_size

    def __getitem__(self, index: int) -> tuple[npt.NDArray[np.float32], Arrays, Arrays]:
        """Return float32 (batch, side, side, 1) input, targets and sample weights a head."""
        rows = self._order[index * self._batch_size : (index + 1) * self._batch_size]
        rng = np.random.default_rng([self._seed, self._epoch, index])
        crops = augment(self._crops[rows], self._side, self._strength, rng)
        targets, weights = ({head: values[rows] for head, values in part.items()} for part in self._targets)
        return to_input(crops), targets, weights


def training_targets(faces: Split, votes: Votes) -> Targets:
    """Return targets and sample weights a head: the spread of the votes, and the label, smoothed."""
    spread = distribution(votes)
    smoothed = (1 - SMOOTHING) * _one_hot(faces.labels, len(SEVEN_EMOTIONS)) + SMOOTHING / len(SEVEN_EMOTIONS)
    targets = {"ferplus": spread, "fer2013": smoothed.astype(np.float32)}
    return targets, {"ferplus": np.sum(spread, axis=1), "fer2013": np.ones(len(faces), np.float32)}


def taught(targets: Targets, teacher: Scores) -> Targets:
    """Mix a teacher's scores into the targets; of a face without votes the teacher alone speaks."""
    mixed = {head: (1 - SHARE) * values + SHARE * teacher[head] for head, values in targets[0].items()}
    whole = {head: values / np.sum(values, axis=1, keepdims=True) for head, values in mixed.items()}
    return whole, {head: np.ones(len(values), np.float32) for head, values in whole.items()}


def validation_targets(faces: Split, votes: Votes) -> Targets:
    """Return targets and sample weights a head as the field scores them: rows without a majority weigh nothing."""
    label = majority(votes)
    counts = label != UNDECIDED
    targets = {
        "ferplus": _one_hot(np.where(counts, label, 0), len(EIGHT_EMOTIONS)),
        "fer2013": _one_hot(faces.labels, len(SEVEN_EMOTIONS)),
    }
    return targets, {"ferplus": counts.astype(np.float32), "fer2013": np.ones(len(faces), np.float32)}


def _one_hot(labels: npt.NDArray[np.int64], classes: int) -> npt.NDArray[np.float32]:
    return np.eye(classes, dtype=np.float32)[labels]
