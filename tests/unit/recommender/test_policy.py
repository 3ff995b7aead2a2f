from collections import Counter
from collections.abc import Callable
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.policy import LEAD_SHARE, MIN_SHARE, Policy, Target, in_lift_order, list_shares, targets
from recommender.domain.scores import Scores
from recommender.domain.track import Track

MakeSong = Callable[..., Track]

SHARE = st.floats(min_value=0, max_value=1)
SCORES = st.tuples(SHARE, SHARE, SHARE, SHARE).filter(lambda values: sum(values) > 0.01).map(lambda v: Scores(*v))
REQUESTED = st.builds(Target, st.sampled_from(MOODS), SCORES)
LENGTH = st.integers(1, 50)

HALF_SAD_HALF_CALM = Target(Mood.SAD, Scores(0.03, 0.5, 0.02, 0.45))
PATHS = {
    Mood.ANGRY: [Mood.ANGRY, Mood.RELAXED, Mood.HAPPY],
    Mood.SAD: [Mood.SAD, Mood.RELAXED, Mood.HAPPY],
    Mood.RELAXED: [Mood.RELAXED, Mood.HAPPY],
    Mood.HAPPY: [Mood.HAPPY],
}


def moods(policy: Policy, requested: Target, length: int) -> list[Mood]:
    return [target.mood for target in targets(policy, requested, length)]


def distance(one: Scores, other: Scores) -> float:
    return sum(abs(mine - theirs) for mine, theirs in zip(one, other, strict=True)) / 2


def test_a_happy_face_gets_only_happy_songs() -> None:
    requested = Target(Mood.HAPPY, Scores(0.01, 0.01, 0.95, 0.03))
    assert targets(Policy.MATCH, requested, 50) == [Target(Mood.HAPPY, Scores.pure(Mood.HAPPY))] * 50


def test_a_face_half_sad_half_calm_gets_mostly_sad_songs_but_not_only() -> None:
    assert Counter(moods(Policy.MATCH, HALF_SAD_HALF_CALM, 10)) == {Mood.SAD: 6, Mood.RELAXED: 4}
    assert moods(Policy.MATCH, HALF_SAD_HALF_CALM, 4) == [Mood.SAD, Mood.SAD, Mood.RELAXED, Mood.SAD]


def test_a_mood_may_lead_without_the_highest_score() -> None:
    requested = Target(Mood.HAPPY, Scores(0, 0.6, 0.35, 0.05))  # by two sad emotions, each weaker than the happy one
    assert Counter(moods(Policy.MATCH, requested, 10)) == {Mood.HAPPY: 6, Mood.SAD: 4}


@given(REQUESTED, LENGTH)
def test_the_leading_mood_has_the_most_songs_of_every_beginning_of_a_match(requested: Target, length: int) -> None:
    given_moods = moods(Policy.MATCH, requested, length)
    assert len(given_moods) == length
    for end in range(1, length + 1):
        assert given_moods[:end].count(requested.mood) > end / 2


@given(REQUESTED, LENGTH)
def test_a_match_gives_each_mood_positions_by_its_share(requested: Target, length: int) -> None:
    count = Counter(moods(Policy.MATCH, requested, length))
    for mood, share in zip(MOODS, list_shares(requested), strict=True):
        assert abs(count[mood] - share * length) < (3 if mood is requested.mood else 2)


@given(REQUESTED)
def test_list_shares_sum_to_one_and_the_requested_mood_leads(requested: Target) -> None:
    shares = list_shares(requested)
    assert sum(shares) == pytest.approx(1)
    assert shares[MOODS.index(requested.mood)] >= LEAD_SHARE - 1e-9


@given(REQUESTED)
def test_small_shares_are_left_out_and_others_keep_their_order(requested: Target) -> None:
    weights = list(zip(MOODS, requested.scores.shares(), list_shares(requested), strict=True))
    others = [(share, weight) for mood, share, weight in weights if mood is not requested.mood]
    assert all((weight > 0) == (share >= MIN_SHARE) for share, weight in others)
    assert [weight for _, weight in sorted(others)] == sorted(weight for _, weight in others)


@pytest.mark.parametrize(("mood", "path"), PATHS.items())
def test_a_lift_leads_to_happy_step_by_step(mood: Mood, path: list[Mood]) -> None:
    requested = Target(mood, Scores.pure(mood))
    assert [step for step, _ in groupby(moods(Policy.LIFT, requested, 10))] == path


@given(REQUESTED, LENGTH)
def test_a_lift_never_returns_to_an_earlier_mood(requested: Target, length: int) -> None:
    aims = targets(Policy.LIFT, requested, length)
    path = PATHS[requested.mood]
    steps = [path.index(target.mood) for target in aims]
    assert len(aims) == length
    assert steps == sorted(steps)
    assert aims[0] == Target(requested.mood, list_shares(requested))
    assert all(sum(target.scores) == pytest.approx(1) and min(target.scores) >= 0 for target in aims)


@given(REQUESTED, st.integers(2, 50))
def test_a_lift_ends_happy(requested: Target, length: int) -> None:
    assert targets(Policy.LIFT, requested, length)[-1] == Target(Mood.HAPPY, Scores.pure(Mood.HAPPY))


@given(REQUESTED, st.integers(3, 50))
def test_a_lift_takes_even_steps(requested: Target, length: int) -> None:
    aims = targets(Policy.LIFT, requested, length)
    start = sum(target == aims[0] for target in aims)
    sections = max(1, len(PATHS[requested.mood]) - 1)
    assert requested.mood is Mood.HAPPY or start == max(1, round(length / 5))
    for before, after in pairwise(aims):
        assert distance(before.scores, after.scores) <= sections / (length - max(1, round(length / 5))) + 1e-9


def test_songs_of_a_lift_are_sorted_from_the_previous_mood_to_the_next(song: MakeSong) -> None:
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
    assert [track for _, track in in_lift_order(Mood.SAD, reversed(chosen))] == songs
