"""Calibration and divergence against values calculated by hand."""

import math

import numpy as np
import pytest

from musicalface_training.calibration import kl_divergence, reliability


def test_the_calibration_error_is_the_one_worked_out_by_hand() -> None:
    # Bin 9 (.6 to .667): one answer of .65, wrong. Bin 13 (.867 to .933): .9 and .88, one of them right.
    scores = np.array([[0.65, 0.35], [0.9, 0.1], [0.12, 0.88]])
    found = reliability(scores, np.array([1, 0, 0]))
    assert found.counts.tolist() == [0] * 9 + [1, 0, 0, 0, 2, 0]
    assert found.confidence[[9, 13]].tolist() == pytest.approx([0.65, 0.89])
    assert found.accuracy[[9, 13]].tolist() == [0.0, 0.5]
    assert found.error == pytest.approx((0.65 + 2 * (0.89 - 0.5)) / 3)


def test_scores_that_equal_the_accuracy_have_no_error() -> None:
    scores = np.tile([0.75, 0.25], (4, 1))
    assert reliability(scores, np.array([0, 0, 0, 1])).error == pytest.approx(0.0)


def test_a_certain_answer_is_in_the_last_bin_and_an_edge_in_the_lower_one() -> None:
    found = reliability(np.array([[1.0, 0.0], [0.6, 0.4]]), np.array([0, 0]))
    assert found.counts.tolist() == [0] * 8 + [1, 0, 0, 0, 0, 0, 1]


def test_a_truth_beyond_the_columns_counts_as_wrong() -> None:
    assert reliability(np.array([[0.0, 1.0]]), np.array([7])).error == 1.0


def test_the_divergence_is_the_one_worked_out_by_hand() -> None:
    truth, scores = np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([[0.25, 0.75], [1.0, 0.0]])
    assert kl_divergence(truth, scores) == pytest.approx((0.5 * math.log(2) + 0.5 * math.log(2 / 3)) / 2)


def test_a_score_of_zero_for_the_truth_has_a_large_but_finite_divergence() -> None:
    assert 10 < kl_divergence(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])) < 20
