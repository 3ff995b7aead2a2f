"""Decides which mood each position of a list gets."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.scores import Scores
from recommender.domain.track import Track


class Policy(StrEnum):
    """`match` stays in the requested mood, `lift` leads from it step by step to a happier mood."""

    MATCH = "match"
    LIFT = "lift"


class Target(NamedTuple):
    """The mood of a song to draw, and the scores by which the songs of that mood are ranked."""

    mood: Mood
    scores: Scores


# The minimum share of the leading mood. More than half, so that it leads in every list.
LEAD_SHARE = 0.6
# A smaller share is more likely an error of the classifier than a feeling. It is added to the leading mood.
MIN_SHARE = 0.15
# The share of a lift's positions that stay at the requested mood before the lift moves on.
START_SHARE = 0.2

# The iso principle of music therapy (Altshuler 1948; Heiderscheit & Madson 2015): start in the listener's mood, then
# change it step by step. Anger and sadness lead to relaxed songs first, then to happy ones.
_LIFTS: dict[Mood, tuple[Mood, ...]] = {
    Mood.ANGRY: (Mood.RELAXED, Mood.HAPPY),
    Mood.SAD: (Mood.RELAXED, Mood.HAPPY),
    Mood.RELAXED: (Mood.HAPPY,),
    Mood.HAPPY: (Mood.HAPPY,),
}


def targets(policy: Policy, requested: Target, length: int) -> list[Target]:
    """Return the target of each of `length` positions. The first one has the requested mood."""
    shares = list_shares(requested)
    if policy is Policy.LIFT:
        return _lift([shares, *map(Scores.pure, _LIFTS[requested.mood])], length)
    return [Target(mood, shares) for mood in _moods(requested.mood, shares, length)]


def list_shares(requested: Target) -> Scores:
    """Return each mood's share of a list. The leading mood gets LEAD_SHARE or more, and all shares below MIN_SHARE."""
    others = [
        share if share >= MIN_SHARE and mood is not requested.mood else 0.0
        for mood, share in _by_mood(requested.scores.shares())
    ]
    scale = min(1.0, (1 - LEAD_SHARE) / (sum(others) or 1))
    lead = 1 - scale * sum(others)
    return Scores(
        *(lead if mood is requested.mood else scale * other for mood, other in zip(MOODS, others, strict=True))
    )


def in_lift_order(requested: Mood, chosen: Iterable[tuple[Target, Track]]) -> list[tuple[Target, Track]]:
    """Sort the songs of a lift by its moods; in each mood, songs close to the previous mood come before the others."""
    steps = {mood: step for step, mood in enumerate((requested, *_LIFTS[requested]))}

    def place(choice: tuple[Target, Track]) -> tuple[int, float]:
        target, track = choice
        return steps[target.mood], sum(
            steps.get(mood, 0) * score for mood, score in _by_mood(track.belief or target.scores)
        )

    return sorted(chosen, key=place)


def _moods(lead: Mood, shares: Scores, length: int) -> list[Mood]:
    """Return the mood of each position. Another mood gets one when its share so far has grown by a whole song.

    All other positions get the leading mood. Its share is over half, so it has most songs in every prefix of the list.
    """
    given = dict.fromkeys(MOODS, 0)
    moods = []
    for position in range(1, length + 1):
        due = (mood for mood, share in _by_mood(shares) if mood is not lead and given[mood] < _floor(position * share))
        moods.append(next(due, lead))
        given[moods[-1]] += 1
    return moods


def _lift(path: Sequence[Scores], length: int) -> list[Target]:
    """Return targets that stay at the first scores of `path` for START_SHARE, then move to its end in equal steps."""
    start = max(1, round(length * START_SHARE))
    sections, steps = len(path) - 1, max(1, length - start)
    points = [_interpolated(path, max(0, position - start + 1) * sections / steps) for position in range(length)]
    return [Target(scores.mood, scores) for scores in points]


def _interpolated(path: Sequence[Scores], distance: float) -> Scores:
    """Return the scores at a distance along the path: 0 is its first point, 1 its second, 0.5 half-way between both."""
    section = min(int(distance), len(path) - 2)
    part = distance - section
    return Scores(*((1 - part) * a + part * b for a, b in zip(path[section], path[section + 1], strict=True)))


def _by_mood(scores: Scores) -> Iterable[tuple[Mood, float]]:
    return zip(MOODS, scores, strict=True)


def _floor(share: float) -> int:
    """Round down, but round up a number that only rounding errors keep below the next whole number."""
    return math.floor(share + 1e-9)
