"""Which mood each song of a list aims at."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.track import Scores, Track


class Policy(StrEnum):
    """`match` stays with the mood that was asked for, `lift` leads out of it."""

    MATCH = "match"
    LIFT = "lift"


class Target(NamedTuple):
    """The mood that a song is of, and the scores that weigh among the songs of that mood."""

    mood: Mood
    scores: Scores


# The leading mood keeps this share of what is felt; it is more than half, so that it leads in every list.
LEAD_SHARE = 0.6
# A feeling below this share is more likely the classifier's doubt than the listener's, and adds to the leading one.
SLIGHT = 0.15
# This share of a lift meets the listener before it leads on.
MEETING = 0.2

# The iso principle of music therapy (Altshuler 1948; Heiderscheit & Madson 2015): start where the listener
# is, then change by steps. Anger and sadness come to rest before they brighten.
_LIFTS: dict[Mood, tuple[Mood, ...]] = {
    Mood.ANGRY: (Mood.RELAXED, Mood.HAPPY),
    Mood.SAD: (Mood.RELAXED, Mood.HAPPY),
    Mood.RELAXED: (Mood.HAPPY,),
    Mood.HAPPY: (Mood.HAPPY,),
}


def targets(policy: Policy, asked: Target, length: int) -> list[Target]:
    """Return the target of each of `length` positions; the first is of the mood that was asked for."""
    shares = felt(asked)
    if policy is Policy.LIFT:
        return _lift([shares, *map(Scores.pure, _LIFTS[asked.mood])], length)
    return [Target(mood, shares) for mood in _moods(asked.mood, shares, length)]


def felt(asked: Target) -> Scores:
    """Return the shares of the moods that matter; slight ones add to the leading one, which has LEAD_SHARE or more."""
    others = [
        share if share >= SLIGHT and mood is not asked.mood else 0.0 for mood, share in _by_mood(asked.scores.shares())
    ]
    scale = min(1.0, (1 - LEAD_SHARE) / (sum(others) or 1))
    lead = 1 - scale * sum(others)
    return Scores(*(lead if mood is asked.mood else scale * other for mood, other in zip(MOODS, others, strict=True)))


def along_the_way(asked: Mood, chosen: Iterable[tuple[Target, Track]]) -> list[tuple[Target, Track]]:
    """Order the songs of a lift so that none leads back: by mood, and in it from the mood before to the one after."""
    steps = {mood: step for step, mood in enumerate((asked, *_LIFTS[asked]))}

    def place(choice: tuple[Target, Track]) -> tuple[int, float]:
        target, track = choice
        return steps[target.mood], sum(steps.get(mood, 0) * score for mood, score in _by_mood(track.believed))

    return sorted(chosen, key=place)


def _moods(lead: Mood, shares: Scores, length: int) -> list[Mood]:
    """Apportion positions: another mood has a song as soon as its share of the list is one more, else the leading.

    The others' shares sum to less than half, so the leading mood has the most songs of every beginning of the list.
    """
    given = dict.fromkeys(MOODS, 0)
    moods = []
    for position in range(1, length + 1):
        due = (mood for mood, share in _by_mood(shares) if mood is not lead and given[mood] < _whole(position * share))
        moods.append(next(due, lead))
        given[moods[-1]] += 1
    return moods


def _lift(way: Sequence[Scores], length: int) -> list[Target]:
    """Meet the listener at the first scores of the way, then walk it in even steps; the last song is at its end."""
    meeting = max(1, round(length * MEETING))
    legs, steps = len(way) - 1, max(1, length - meeting)
    aims = [_between(way, max(0, position - meeting + 1) * legs / steps) for position in range(length)]
    return [Target(scores.mood, scores) for scores in aims]


def _between(way: Sequence[Scores], walked: float) -> Scores:
    """Return the scores after `walked` legs of the way, one part from one end of a leg and the rest from the other."""
    leg = min(int(walked), len(way) - 2)
    part = walked - leg
    return Scores(*((1 - part) * start + part * end for start, end in zip(way[leg], way[leg + 1], strict=True)))


def _by_mood(scores: Scores) -> Iterable[tuple[Mood, float]]:
    return zip(MOODS, scores, strict=True)


def _whole(share: float) -> int:
    """Round down what floating point may hold a little below a whole number."""
    return math.floor(share + 1e-9)
