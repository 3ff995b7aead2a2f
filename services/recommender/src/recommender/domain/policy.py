"""The target mood of each position in a list."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.scores import Scores
from recommender.domain.track import Track


class Policy(StrEnum):
    """`match` stays in the requested mood, `lift` leads from it towards a happier one."""

    MATCH = "match"
    LIFT = "lift"


class Target(NamedTuple):
    """The mood of a song to draw, and the scores by which the songs of that mood are ranked."""

    mood: Mood
    scores: Scores


# The least share of the leading mood. More than half, so that it leads in every list.
LEAD_SHARE = 0.6
# A smaller share is more likely an error of the classifier than a feeling. It is added to the leading mood.
SLIGHT = 0.15
# The share of a lift that stays in the requested mood before it moves on.
MEETING = 0.2

# The iso principle of music therapy (Altshuler 1948; Heiderscheit & Madson 2015): start in the listener's mood, then
# change it step by step. Anger and sadness lead to relaxed songs first, then to happy ones.
_LIFTS: dict[Mood, tuple[Mood, ...]] = {
    Mood.ANGRY: (Mood.RELAXED, Mood.HAPPY),
    Mood.SAD: (Mood.RELAXED, Mood.HAPPY),
    Mood.RELAXED: (Mood.HAPPY,),
    Mood.HAPPY: (Mood.HAPPY,),
}


def targets(policy: Policy, asked: Target, length: int) -> list[Target]:
    """Return the target of each of `length` positions. The first one has the requested mood."""
    shares = felt(asked)
    if policy is Policy.LIFT:
        return _lift([shares, *map(Scores.pure, _LIFTS[asked.mood])], length)
    return [Target(mood, shares) for mood in _moods(asked.mood, shares, length)]


def felt(asked: Target) -> Scores:
    """Return the shares of the moods. Shares below SLIGHT go to the leading mood, which gets at least LEAD_SHARE."""
    others = [
        share if share >= SLIGHT and mood is not asked.mood else 0.0 for mood, share in _by_mood(asked.scores.shares())
    ]
    scale = min(1.0, (1 - LEAD_SHARE) / (sum(others) or 1))
    lead = 1 - scale * sum(others)
    return Scores(*(lead if mood is asked.mood else scale * other for mood, other in zip(MOODS, others, strict=True)))


def along_the_way(asked: Mood, chosen: Iterable[tuple[Target, Track]]) -> list[tuple[Target, Track]]:
    """Sort the songs of a lift by the order of its moods, and in each mood from the previous mood to the next."""
    steps = {mood: step for step, mood in enumerate((asked, *_LIFTS[asked]))}

    def place(choice: tuple[Target, Track]) -> tuple[int, float]:
        target, track = choice
        return steps[target.mood], sum(
            steps.get(mood, 0) * score for mood, score in _by_mood(track.belief or target.scores)
        )

    return sorted(chosen, key=place)


def _moods(lead: Mood, shares: Scores, length: int) -> list[Mood]:
    """Return the mood of each position. Another mood gets a position as soon as its share amounts to one more song.

    The shares of the other moods sum to less than half, so the leading mood leads in every prefix of the list.
    """
    given = dict.fromkeys(MOODS, 0)
    moods = []
    for position in range(1, length + 1):
        due = (mood for mood, share in _by_mood(shares) if mood is not lead and given[mood] < _whole(position * share))
        moods.append(next(due, lead))
        given[moods[-1]] += 1
    return moods


def _lift(way: Sequence[Scores], length: int) -> list[Target]:
    """Stay at the first scores for the MEETING share, then move along the way in even steps to its end."""
    meeting = max(1, round(length * MEETING))
    legs, steps = len(way) - 1, max(1, length - meeting)
    aims = [_between(way, max(0, position - meeting + 1) * legs / steps) for position in range(length)]
    return [Target(scores.mood, scores) for scores in aims]


def _between(way: Sequence[Scores], walked: float) -> Scores:
    """Return the scores after `walked` legs of the way, interpolated between the two ends of the current leg."""
    leg = min(int(walked), len(way) - 2)
    part = walked - leg
    return Scores(*((1 - part) * start + part * end for start, end in zip(way[leg], way[leg + 1], strict=True)))


def _by_mood(scores: Scores) -> Iterable[tuple[Mood, float]]:
    return zip(MOODS, scores, strict=True)


def _whole(share: float) -> int:
    """Round down, but not where rounding errors left a whole number slightly too small."""
    return math.floor(share + 1e-9)
