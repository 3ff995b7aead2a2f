"""The choice of the weights: the most precise ones whose lists still differ from call to call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, starmap
from statistics import fmean

from tqdm import tqdm

from musicalface_common.vocabulary import MOODS
from musicalface_training.ranking.methods import blend
from musicalface_training.ranking.precision import draw_lists, mean_precision, shared
from musicalface_training.ranking.truth import Rated
from recommender.domain.ranking import Candidates, Weights
from recommender.domain.track import Track

PRIOR_VOTES = (1.0, 3.0, 6.0)
POPULARITY_WEIGHTS = (0.0, 0.05, 0.1, 0.2)
TEMPERATURES = (0.02, 0.05, 0.1, 0.2)
# The number of songs that two lists of ten from the whole catalogue may share, on average.
SHARED_AT_MOST = 2.0
DRAWS = 100
LISTS = 20


@dataclass(frozen=True)
class Trial:
    """Weights, their mean precision at 10 for each truth, and how many songs two lists of the catalogue share."""

    prior_votes: float
    weights: Weights
    precisions: tuple[float, ...]
    shared: float

    @property
    def precision(self) -> float:
        return fmean(self.precisions)

    def differs_in_one(self, other: "Trial") -> bool:
        """Return whether at most one weight differs from the other trial's."""
        mine, theirs = (self.prior_votes, *self.weights), (other.prior_votes, *other.weights)
        return sum(weight != its for weight, its in zip(mine, theirs, strict=True)) <= 1


def try_weights(halves: Sequence[Rated], catalogue: Sequence[Track]) -> list[Trial]:
    """Measure all combinations of weights on the halves for choosing, and on the whole catalogue."""
    return list(_trials(halves, catalogue))


def choose(trials: Sequence[Trial]) -> Trial:
    """Return the most precise trial whose lists share few enough songs; if none does, the one that shares fewest."""
    varied = [trial for trial in trials if trial.shared <= SHARED_AT_MOST]
    return max(varied, key=lambda trial: trial.precision) if varied else min(trials, key=lambda trial: trial.shared)


def _trials(halves: Sequence[Rated], catalogue: Sequence[Track]) -> Iterator[Trial]:
    for prior_votes in tqdm(PRIOR_VOTES, desc="weights", unit="weight of the prior"):
        pools = [blend(prior_votes).candidates(catalogue, mood) for mood in MOODS]
        for weights in starmap(Weights, product(POPULARITY_WEIGHTS, TEMPERATURES)):
            precisions = tuple(mean_precision(blend(prior_votes, weights), half, DRAWS) for half in halves)
            yield Trial(prior_votes, weights, precisions, _shared(pools, weights))


def _shared(pools: Sequence[Candidates], weights: Weights) -> float:
    return fmean(shared(draw_lists(pool, mood, weights, LISTS)) for mood, pool in zip(MOODS, pools, strict=True))
