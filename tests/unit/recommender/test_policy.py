from collections import Counter
from collections.abc import Callable
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.policy import LEAD_SHARE, SLIGHT, Policy, Target, along_the_way, felt, targets
from recommender.domain.scores import Scores
from recommender.domain.track import Track

MakeSong = Callable[..., Track]

SHARE = st.floats(min_value=0, max_value=1)
SCORES = st.tuples(SHARE, SHARE, SHARE, SHARE).filter(lambda values: sum(values) > 0.01).map(lambda v: Scores(*v))
ASKED = st.builds(Target, st.sampled_from(MOODS), SCORES)
LENGTH = st.integers(1, 50)

HALF_SAD_HALF_CALM = Target(Mood.SAD, Scores(0.03, 0.5, 0.02, 0.45))
WAYS = {
    Mood.ANGRY: [Mood.ANGRY, Mood.RELAXED, Mood.HAPPY],
    Mood.SAD: [Mood.SAD, Mood.RELAXED, Mood.HAPPY],
    Mood.RELAXED: [Mood.RELAXED, Mood.HAPPY],
    Mood.HAPPY: [Mood.HAPPY],
}


def moods(policy: Policy, asked: Target, length: int) -> list[Mood]:
    return [target.mood for target in targets(policy, asked, length)]


def apart(one: Scores, other: Scores) -> float:
    return sum(abs(mine - theirs) for mine, theirs in zip(one, other, strict=True)) / 2


def test_a_happy_face_gets_happy_songs_alone() -> None:
    asked = Target(Mood.HAPPY, Scores(0.01, 0.01, 0.95, 0.03))
    assert targets(Policy.MATCH, asked, 50) == [Target(Mood.HAPPY, Scores.pure(Mood.HAPPY))] * 50


def test_a_face_half_sad_half_calm_gets_mostly_sad_songs_but_not_only() -> None:
    assert Counter(moods(Policy.MATCH, HALF_SAD_HALF_CALM, 10)) == {Mood.SAD: 6, Mood.RELAXED: 4}
    assert moods(Policy.MATCH, HALF_SAD_HALF_CALM, 4) == [Mood.SAD, Mood.SAD, Mood.RELAXED, Mood.SAD]


def test_a_mood_may_lead_whose_score_is_not_the_highest() -> None:
    asked = Target(Mood.HAPPY, Scores(0, 0.6, 0.35, 0.05))  # by two sad emotions, each weaker than the happy one
    assert Counter(moods(Policy.MATCH, asked, 10)) == {Mood.HAPPY: 6, Mood.SAD: 4}


@given(ASKED, LENGTH)
def test_the_leading_mood_has_the_most_songs_of_every_beginning_of_a_match(asked: Target, length: int) -> None:
    given_moods = moods(Policy.MATCH, asked, length)
    assert len(given_moods) == length
    for end in range(1, length + 1):
        assert given_moods[:end].count(asked.mood) > end / 2


@given(ASKED, LENGTH)
def test_a_match_apportions_positions_by_what_is_felt(asked: Target, length: int) -> None:
    count = Counter(moods(Policy.MATCH, asked, length))
    for mood, share in zip(MOODS, felt(asked), strict=True):
        assert abs(count[mood] - share * length) < (3 if mood is asked.mood else 2)


@given(ASKED)
def test_what_is_felt_are_shares_that_the_asked_mood_leads(asked: Target) -> None:
    shares = felt(asked)
    assert sum(shares) == pytest.approx(1)
    assert shares[MOODS.index(asked.mood)] >= LEAD_SHARE - 1e-9


@given(ASKED)
def test_slight_feelings_are_left_out_and_others_keep_their_order(asked: Target) -> None:
    weights = list(zip(MOODS, asked.scores.shares(), felt(asked), strict=True))
    others = [(share, weight) for mood, share, weight in weights if mood is not asked.mood]
    assert all((weight > 0) == (share >= SLIGHT) for share, weight in others)
    assert [weight for _, weight in sorted(others)] == sorted(weight for _, weight in others)


@pytest.mark.parametrize(("mood", "way"), WAYS.items())
def test_a_lift_leads_to_happy_by_steps(mood: Mood, way: list[Mood]) -> None:
    asked = Target(mood, Scores.pure(mood))
    assert [step for step, _ in groupby(moods(Policy.LIFT, asked, 10))] == way


@given(ASKED, LENGTH)
def test_a_lift_of_any_feelings_never_turns_back(asked: Target, length: int) -> None:
    aims = targets(Policy.LIFT, asked, length)
    way = WAYS[asked.mood]
    steps = [way.index(target.mood) for target in aims]
    assert len(aims) == length
    assert steps == sorted(steps)
    assert aims[0] == Target(asked.mood, felt(asked))
    assert all(sum(target.scores) == pytest.approx(1) and min(target.scores) >= 0 for target in aims)


@given(ASKED, st.integers(2, 50))
def test_a_lift_ends_happy(asked: Target, length: int) -> None:
    assert targets(Policy.LIFT, asked, length)[-1] == Target(Mood.HAPPY, Scores.pure(Mood.HAPPY))


@given(ASKED, st.integers(3, 50))
def test_a_lift_takes_even_steps(asked: Target, length: int) -> None:
    aims = targets(Policy.LIFT, asked, length)
    meeting = sum(target == aims[0] for target in aims)
    legs = max(1, len(WAYS[asked.mood]) - 1)
    assert asked.mood is Mood.HAPPY or meeting == max(1, round(length / 5))
    for before, after in pairwise(aims):
        assert apart(before.scores, after.scores) <= legs / (length - max(1, round(length / 5))) + 1e-9


def test_the_songs_of_a_lift_are_ordered_from_the_mood_before_to_the_one_after(song: MakeSong) -> None:
    scores = [
        Scores(0, 0.9, 0, 0.1),
        Scores(0, 0.6, 0, 0.4),
        Scores(0, 0.4, 0, 0.6),
        Scores(0.2, 0, 0, 0.8),
        Scores(0, 0, 0.4, 0.6),
        Scores(0, 0.1, 0.6, 0.3),
        Scores(0, 0, 0.9, 0.1),
    ]
    songs = [song(number, scores=of_song) for number, of_song in enumerate(scores)]
    chosen = [(Target(of_song.mood, of_song), track) for of_song, track in zip(scores, songs, strict=True)]
    assert [track for _, track in along_the_way(Mood.SAD, reversed(chosen))] == songs
