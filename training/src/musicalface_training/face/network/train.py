"""The training of the served face network on FER2013's pictures, with FERPlus' votes and FER2013's labels."""

from pathlib import Path

import keras

from musicalface_training.face.data.fer2013 import Fer2013
from musicalface_training.face.data.ferplus import FerPlus
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.architecture import HEADS, build_network
from musicalface_training.face.network.averaging import ValidatedAverage
from musicalface_training.face.network.batches import TrainingBatches, taught, training_targets, validation_targets
from musicalface_training.face.network.teacher import teacher_scores
from musicalface_training.face.normalisation import take_sample
from musicalface_training.loop import Epoch, Run, Schedule, Settings, train
from musicalface_training.options import Precision, Size

SEED = 2016
# The cosine schedule ends in the last epoch; this patience never stops a run before.
SCHEDULES: dict[Size, Schedule] = {
    "small": Schedule(epochs=40, patience=40, batch_size=128, seed=SEED),
    "large": Schedule(epochs=34, patience=34, batch_size=128, seed=SEED),
}
METRIC = "val_ferplus_accuracy"
LEARNING_RATE = 0.1
WARM_UP_EPOCHS = 1
# Keras applies it outside the momentum: 5e-3 here equals 5e-4 in the usual formula.
WEIGHT_DECAY = 5e-3
AVERAGE_MOMENTUM = 0.998
LOSS_WEIGHTS = {"ferplus": 1.0, "fer2013": 0.8}


@keras.saving.register_keras_serializable("musicalface")
class KernelDecaySGD(keras.optimizers.SGD):  # type: ignore[misc]
    """SGD with weight decay on kernels only, and not on biases and normalisation.

    Keras does not save which variables are excluded from decay, so a loaded optimizer would decay all.
    """

    def _use_weight_decay(self, variable: keras.Variable) -> bool:
        return len(variable.shape) > 1


def train_network(
    data: Fer2013, votes: FerPlus, folder: Path, precision: Precision, size: Size, teacher: Path | None = None
) -> list[Epoch]:
    """Train, or resume, the run in `folder`; return its history. `teacher` is the checkpoint of another network.

    With bfloat16 the layers calculate in it; the weights stay float32. Raises RunError if the folder holds a run with
    other settings.
    """
    keras.config.set_dtype_policy("mixed_bfloat16" if precision == "bfloat16" else precision)
    targets = training_targets(data.train, votes.train)
    if teacher:
        targets = taught(targets, teacher_scores(teacher, data.train.crops, SEED))
    schedule = SCHEDULES[size]
    settings: Settings = {
        "size": size,
        "teacher": teacher.parent.name if teacher else None,
        "precision": precision,
        "epochs": schedule.epochs,
        "batch_size": schedule.batch_size,
        "seed": schedule.seed,
        "learning_rate": LEARNING_RATE,
        "fer2013_weight": LOSS_WEIGHTS["fer2013"],
    }
    batches = TrainingBatches(data.train.crops, targets, schedule.batch_size, schedule.epochs, schedule.seed)
    return train(
        lambda: _compiled_network(size, schedule.epochs, len(batches)),
        Run(folder, METRIC, settings),
        schedule,
        batches.begin,
        x=batches,
        validation_data=(to_input(data.public.crops), *validation_targets(data.public, votes.public)),
        callbacks=[ValidatedAverage(take_sample(to_input(data.train.crops), SEED))],
    )


def _compiled_network(size: Size, epochs: int, steps: int) -> keras.Model:
    model = build_network(size)
    losses = {head: keras.losses.CategoricalCrossentropy(from_logits=True) for head in HEADS}
    metrics = {head: [keras.metrics.CategoricalAccuracy(name="accuracy")] for head in HEADS}
    model.compile(_optimizer(epochs, steps), losses, loss_weights=LOSS_WEIGHTS, weighted_metrics=metrics)
    return model


def _optimizer(epochs: int, steps: int) -> keras.optimizers.Optimizer:
    """Return SGD with a cosine schedule after a warm-up (Loshchilov & Hutter 2017); an epoch has `steps` batches."""
    rate = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / 100,
        (epochs - WARM_UP_EPOCHS) * steps,
        warmup_target=LEARNING_RATE,
        warmup_steps=WARM_UP_EPOCHS * steps,
    )
    return KernelDecaySGD(
        rate, momentum=0.9, nesterov=True, weight_decay=WEIGHT_DECAY, use_ema=True, ema_momentum=AVERAGE_MOMENTUM
    )
