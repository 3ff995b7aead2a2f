"""The training batches: variants of the crops, targets of both heads, the same content for the same seed."""

import numpy as np
import pytest

from face_emotion.crop.preprocessing import Preprocessing
from musicalface_training.face.data.fer2013 import Faces
from musicalface_training.face.data.ferplus import COLUMNS
from musicalface_training.face.data.inputs import to_input
from musicalface_training.face.network.augment import augment
from musicalface_training.face.network.batches import TrainingBatches, taught, training_targets, validation_targets

RANDOM = np.random.default_rng(0)
CROPS = RANDOM.integers(0, 256, (20, 48, 48), np.uint8)
FACES = Faces(CROPS, np.arange(20, dtype=np.int64) % 7)
VOTES = np.zeros((20, len(COLUMNS)), np.int64)
VOTES[:, 3], VOTES[:, 6] = 6, 4
VOTES[19] = 0


def batches(epoch: int = 0, seed: int = 1) -> TrainingBatches:
    made = TrainingBatches(CROPS, training_targets(FACES, VOTES), batch_size=8, epochs=10, seed=seed)
    made.begin(epoch)
    return made


@pytest.mark.parametrize("side", [40, 48])
def test_variants_have_the_side_asked_for_and_differ(side: int) -> None:
    made = augment(CROPS[:4], side, 1, np.random.default_rng(0))
    assert made.shape == (4, side, side)
    assert made.dtype == np.uint8
    again = augment(CROPS[:4], side, 1, np.random.default_rng(1))
    assert not np.array_equal(made, again)


def test_without_strength_crops_are_mirrored_at_most() -> None:
    for crop, made in zip(CROPS, augment(CROPS, 48, 0, np.random.default_rng(0)), strict=True):
        assert np.array_equal(made, crop) or np.array_equal(made, crop[:, ::-1])


def test_augmentation_does_not_change_its_input() -> None:
    before = CROPS.copy()
    augment(CROPS, 48, 1, np.random.default_rng(0))
    np.testing.assert_array_equal(CROPS, before)


def test_a_variant_still_looks_like_its_picture() -> None:
    ramp = np.tile(np.linspace(0, 255, 48).astype(np.uint8)[:, None], (1, 48))
    made = augment(np.repeat(ramp[None], 50, axis=0), 48, 1, np.random.default_rng(0)).astype(float)
    assert np.all(made[:, -12:].mean(axis=(1, 2)) > made[:, :12].mean(axis=(1, 2)) + 50)


def test_there_are_only_full_batches() -> None:
    made = batches()
    assert len(made) == 2
    inputs, targets, weights = made[1]
    assert inputs.shape == (8, 40, 40, 1)
    assert {head: values.shape for head, values in targets.items()} == {"ferplus": (8, 8), "fer2013": (8, 7)}
    assert {head: values.shape for head, values in weights.items()} == {"ferplus": (8,), "fer2013": (8,)}


def test_pictures_grow_to_their_full_side() -> None:
    assert [batches(epoch)[0][0].shape[1] for epoch in (0, 3, 4, 9)] == [40, 40, 48, 48]


def test_the_content_of_an_epoch_depends_on_seed_and_number() -> None:
    np.testing.assert_array_equal(batches(3)[0][0], batches(3)[0][0])
    assert not np.array_equal(batches(3)[0][1]["fer2013"], batches(2)[0][1]["fer2013"])
    assert not np.array_equal(batches(3, seed=1)[0][0], batches(3, seed=2)[0][0])


def test_targets_of_training_are_the_votes_and_the_smoothed_label() -> None:
    targets, weights = training_targets(FACES, VOTES)
    np.testing.assert_allclose(targets["ferplus"][0], [0, 0, 0, 0.6, 0, 0, 0.4, 0])
    np.testing.assert_allclose(targets["fer2013"].sum(axis=1), 1, rtol=1e-6)
    assert targets["fer2013"].argmax(axis=1).tolist() == FACES.labels.tolist()
    assert weights["ferplus"].round(6).tolist() == [1] * 19 + [0]


def test_a_teachers_scores_are_half_of_the_targets() -> None:
    said = {"ferplus": np.eye(8, dtype=np.float32)[[2] * 20], "fer2013": np.eye(7, dtype=np.float32)[[2] * 20]}
    targets, weights = taught(training_targets(FACES, VOTES), said)
    np.testing.assert_allclose(targets["ferplus"][0], [0, 0, 0.5, 0.3, 0, 0, 0.2, 0], atol=1e-6)
    np.testing.assert_allclose(targets["ferplus"][19], [0, 0, 1, 0, 0, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(weights["ferplus"], 1)
    np.testing.assert_allclose(weights["fer2013"], 1)


def test_targets_of_validation_are_those_of_the_usual_protocols() -> None:
    targets, weights = validation_targets(FACES, VOTES)
    assert targets["ferplus"][0].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert weights["ferplus"].tolist() == [1] * 19 + [0]
    assert weights["fer2013"].tolist() == [1] * 20


def test_the_input_equals_the_services_input() -> None:
    np.testing.assert_array_equal(to_input(CROPS), Preprocessing()(CROPS))
