"""Many lists as the recommender makes them, and the steps between their songs."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.ranking.methods import strongest
from recommender.domain.playlist import make_list
from recommender.domain.policy import Policy, Target
from recommender.domain.ranking import CANDIDATES, NO_MOOD, Candidates, Exclusions
from recommender.domain.scores import Scores
from recommender.domain.track import Track

LENGTH = 10
SEEDS = 200

Lists = list[list[Track]]
Pools = dict[Mood, Candidates]


def _served(track: Track) -> Scores | None:
    return track.belief if track.is_listed else None


def _scores(track: Track) -> Scores:
    return track.belief or NO_MOOD


def gather(tracks: Sequence[Track], policy: Policy) -> Pools:
    """Return the candidates of each mood, gathered as the recommender does for a policy."""
    pools = {mood: strongest(tracks, mood, _served) for mood in MOODS}
    return pools if policy is Policy.MATCH else {mood: _widened(pool, tracks, mood) for mood, pool in pools.items()}


def many_lists(pools: Pools, policy: Policy, asked: Target) -> Lists:
    """Make a list of ten songs with each of 200 seeds."""
    return [
        make_list(policy, asked, LENGTH, pools.__getitem__, Exclusions(), np.random.default_rng(seed))
        for seed in range(SEEDS)
    ]


def in_blocks(pools: Pools, moods: Sequence[Mood]) -> Lists:
    """Make lists of matching songs, an equal number of each mood in turn, to compare lifts with."""
    return [_blocks(pools, moods, np.random.default_rng(seed)) for seed in range(SEEDS)]


def scores_by_position(lists: Lists) -> npt.NDArray[np.float64]:
    """Return the believed mood scores of lists of one length: (lists, positions, 4)."""
    return np.array([[_scores(track) for track in tracks] for tracks in lists])


def largest_step(lists: Lists) -> float:
    """Return the largest distance between two neighbours, averaged over lists: half the sum of score differences."""
    return fmean(max(_apart(before, after) for before, after in pairwise(tracks)) for tracks in lists)


def _widened(pool: Candidates, tracks: Sequence[Track], mood: Mood) -> Candidates:
    sample = sorted((track for track in tracks if track.is_listed and track.mood is mood), key=lambda track: track.id)[
        :CANDIDATES
    ]
    return Candidates.of(list({track.id: track for track in [*pool.tracks, *sample]}.values()))


def _blocks(pools: Pools, moods: Sequence[Mood], random: np.random.Generator) -> list[Track]:
    excluded, tracks = Exclusions(), list[Track]()
    for part, mood in enumerate(moods):
        count = LENGTH * (part + 1) // len(moods) - LENGTH * part // len(moods)
        asked = Target(mood, Scores.pure(mood))
        tracks += make_list(Policy.MATCH, asked, count, pools.__getitem__, excluded, random)
    return tracks


def _apart(before: Track, after: Track) -> float:
    return sum(abs(mine - theirs) for mine, theirs in zip(_scores(before), _scores(after), strict=True)) / 2
