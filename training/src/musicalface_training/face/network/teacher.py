"""A trained network's scores of the training faces, as targets for another (Hinton et al. 2015; Furlanello 2018)."""

from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
from keras import ops

from musicalface_training.arrays import Floats, Pixels
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.averaging import use_average
from musicalface_training.face.normalisation import take_sample

BATCH = 256
# A large network memorises the labels of the faces that it was trained on; the small teacher cannot.
SHARE = 0.5
"""The teacher's share of a target; the rest comes from people's labels."""

TeacherScores = Mapping[str, Floats]


def teacher_scores(checkpoint: Path, crops: Pixels, seed: int) -> TeacherScores:
    """Score uint8 (n, 48, 48) crops with a checkpoint's moving average: float32 (n, classes), by head.

    Averages the scores of each crop and of its mirror image.
    """
    teacher = keras.saving.load_model(checkpoint)
    inputs = to_input(crops)
    use_average(teacher, take_sample(inputs, seed))
    views = [teacher.predict(view, batch_size=BATCH) for view in (inputs, inputs[:, :, ::-1])]
    return {head: np.mean([_softmax(view[head]) for view in views], axis=0) for head in views[0]}


def _softmax(logits: Floats) -> Floats:
    return np.asarray(ops.convert_to_numpy(ops.softmax(logits)), np.float32)
