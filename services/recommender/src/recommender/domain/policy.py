"""Which mood each song of a list aims at."""

from enum import StrEnum
from typing import NamedTuple

from musicalface_common.vocabulary import Mood
from recommender.domain.track import Scores


class Policy(StrEnum):
    """`match` stays with the mood that was asked for, `lift` leads out of it."""

    MATCH = "match"
    LIFT = "lift"


class Target(NamedTuple):
    """The mood that a song is of, and the scores that weigh among the songs of that mood."""

    mood: Mood
    scores: Scores


# The iso principle of music therapy (Altshuler 1948; Heiderscheit & Madson 2015): start where the listener
# is, then change by steps. Anger and sadness come to rest before they brighten.
_LIFTS: dict[Mood, tuple[Mood, ...]] = {
    Mood.ANGRY: (Mood.RELAXED, Mood.HAPPY),
    Mood.SAD: (Mood.RELAXED, Mood.HAPPY),
    Mood.RELAXED: (Mood.HAPPY,),
    Mood.HAPPY: (),
}


def targets(policy: Policy, asked: Target, length: int) -> list[Target]:
    """Return the target of each of `length` positions; the first is always what was asked for."""
    lifts = _LIFTS[asked.mood] if policy is Policy.LIFT else ()
    steps = [asked, *(Target(mood, Scores.pure(mood)) for mood in lifts)]
    return [steps[position * len(steps) // length] for position in range(length)]
