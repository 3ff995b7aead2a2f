"""The one place where catalogue, cache, policy and ranking meet."""

import hashlib
import json
from collections.abc import Set
from dataclasses import asdict, dataclass
from itertools import groupby
from random import Random

from musicalface_common.vocabulary import Mood
from recommender.adapters.cache import CandidateCache
from recommender.adapters.catalogue import Catalogue
from recommender.domain.policy import Policy, Target, targets
from recommender.domain.ranking import draw
from recommender.domain.track import Filters, Query, Track

# Twice what a client may exclude: a faithful listener still gets lists.
CANDIDATES = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks for. The same seed gives the same list; without one each list differs."""

    target: Target
    length: int
    policy: Policy
    exclude: Set[str]
    seed: int | None
    filters: Filters


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Songs in the order to play them, and what was gone without."""

    tracks: list[Track]
    degraded: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Songs by id, and whether there are more after them."""

    tracks: list[Track]
    more: bool


class Recommender:
    """Songs for a mood, and search over all songs."""

    def __init__(self, catalogue: Catalogue, cache: CandidateCache) -> None:
        self._catalogue = catalogue
        self._cache = cache

    def recommend(self, wish: Wish) -> Recommendation:
        """Draw a list. Raises UpstreamUnavailable where candidates are neither cached nor to be had."""
        random = Random(wish.seed)  # noqa: S311 - variety, not secrecy
        heard: set[str] = set()
        tracks: list[Track] = []
        for target, positions in groupby(targets(wish.policy, wish.target, wish.length)):
            candidates = [t for t in self._candidates(target.mood, wish.filters) if t.id not in wish.exclude]
            tracks += draw(candidates, target.scores, len(list(positions)), random, heard)
        return Recommendation(tracks, self._degraded(len(tracks) < wish.length))

    def search(self, query: Query, after: str | None, limit: int) -> Page:
        """Return up to `limit` songs that a query finds after an id. Raises UpstreamUnavailable."""
        found = self._catalogue.search(query, after, limit + 1)
        return Page(found[:limit], more=len(found) > limit)

    def dependencies(self) -> dict[str, str]:
        """Say how each dependency did last."""
        database = "ok" if self._catalogue.available else "away"
        return {"database": database, "redis": self._cache.redis_state}

    def _candidates(self, mood: Mood, filters: Filters) -> list[Track]:
        key = f"mf:candidates:v1:{self._catalogue.version}:{mood}:{_fingerprint(filters)}"
        return self._cache.get(key, lambda: self._catalogue.candidates(mood, filters, CANDIDATES))

    def _degraded(self, few: bool) -> list[str]:
        redis = ["redis"] if self._cache.redis_state == "away" else []
        return redis + (["few-candidates"] if few else [])


def _fingerprint(filters: Filters) -> str:
    return hashlib.sha256(json.dumps(asdict(filters), sort_keys=True).encode()).hexdigest()[:16]
