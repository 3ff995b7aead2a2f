from itertools import groupby

import pytest

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.policy import Policy, Target, targets
from recommender.domain.track import Scores

SCORES = Scores(0.3, 0.4, 0.2, 0.1)


def moods(mood: Mood, length: int) -> list[Mood]:
    return [target.mood for target in targets(Policy.LIFT, Target(mood, SCORES), length)]


@pytest.mark.parametrize("mood", MOODS)
def test_match_stays_with_what_was_asked(mood: Mood) -> None:
    assert targets(Policy.MATCH, Target(mood, SCORES), 10) == [Target(mood, SCORES)] * 10


@pytest.mark.parametrize(
    ("mood", "way"),
    [
        (Mood.ANGRY, [Mood.ANGRY, Mood.RELAXED, Mood.HAPPY]),
        (Mood.SAD, [Mood.SAD, Mood.RELAXED, Mood.HAPPY]),
        (Mood.RELAXED, [Mood.RELAXED, Mood.HAPPY]),
        (Mood.HAPPY, [Mood.HAPPY]),
    ],
)
def test_lift_leads_to_happy_by_steps(mood: Mood, way: list[Mood]) -> None:
    assert [step for step, _ in groupby(moods(mood, 10))] == way


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("length", range(1, 51))
def test_lift_fills_every_length_from_what_was_asked_in_even_steps(mood: Mood, length: int) -> None:
    aims = targets(Policy.LIFT, Target(mood, SCORES), length)
    sizes = [len(list(songs)) for _, songs in groupby(aims)]
    assert len(aims) == length
    assert aims[0] == Target(mood, SCORES)
    assert max(sizes) - min(sizes) <= 1
