"""Makes a list of songs: the policy gives a target for each position, and a song is drawn for each target."""

from collections.abc import Callable
from itertools import groupby

import numpy as np

from musicalface_common.vocabulary import Mood
from recommender.domain.policy import Policy, Target, in_lift_order, targets
from recommender.domain.ranking import LIFTED, SERVED, Candidates, Exclusions, draw
from recommender.domain.track import Track


def make_list(
    policy: Policy,
    requested: Target,
    length: int,
    candidates_of: Callable[[Mood], Candidates],
    excluded: Exclusions,
    random: np.random.Generator,
) -> list[Track]:
    """Draw up to `length` songs, in the order to play them. The leading mood replaces songs that another mood lacks."""

    weights = LIFTED if policy is Policy.LIFT else SERVED

    def take(target: Target, count: int) -> list[tuple[Target, Track]]:
        songs = draw(candidates_of(target.mood), target.scores, count, random, excluded, weights)
        return [(target, song) for song in songs]

    wanted = targets(policy, requested, length)
    chosen = [choice for target, run in groupby(wanted) for choice in take(target, len(list(run)))]
    chosen += take(wanted[0], length - len(chosen))
    if policy is Policy.LIFT:
        chosen = in_lift_order(requested.mood, chosen)
    return [song for _, song in chosen]
