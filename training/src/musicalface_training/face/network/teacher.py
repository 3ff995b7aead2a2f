"""A trained network's view of the training faces, for another to learn from (Hinton et al. 2015; Furlanello 2018)."""

from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt
from keras import ops

from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.averaging import use_average
from musicalface_training.face.normalisation import take_sample

BATCH = 256
# A network scores what it learnt from by heart if it is large; the small one that teaches here is too small for that.
SHARE = 0.5
"""How much of the target is the teacher's, the rest is what people said."""

Scores = Mapping[str, npt.NDArray[np.float32]]


def teacher_scores(checkpoint: Path, crops: npt.NDArray[np.uint8], seed: int) -> Scores:
    """Score uint8 (n, 48, 48) crops with a checkpoint's moving average: float32 (n, classes) a head.

    The mean of a crop's scores and of its mirror image's.
    """
    teacher = keras.saving.load_model(checkpoint)
    inputs = to_input(crops)
    use_average(teacher, take_sample(inputs, seed))
    views = [teacher.predict(view, batch_size=BATCH) for view in (inputs, inputs[:, :, ::-1])]
    return {head: np.mean([_softmax(view[head]) for view in views], axis=0) for head in views[0]}


def _softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(ops.convert_to_numpy(ops.softmax(logits)), np.float32)
