"""Recommends songs: candidates from the cache or the catalogue, then a list drawn by policy and ranking."""

from collections.abc import Set
from dataclasses import dataclass
from functools import partial

import numpy as np

from musicalface_common.errors import UnknownTrack
from musicalface_common.vocabulary import Mood
from recommender.cache.candidates import CandidateCache, candidates_key
from recommender.catalogue.catalogue import Catalogue
from recommender.domain.playlist import make_list
from recommender.domain.policy import Policy, Target
from recommender.domain.query import Filters, Position, Query
from recommender.domain.ranking import CANDIDATES, Candidates, Exclusions
from recommender.domain.track import Track


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A request for a list of songs. The same seed gives the same list; without a seed each list differs."""

    target: Target
    length: int
    policy: Policy
    exclude: Set[str]
    seed: int | None
    filters: Filters


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Songs in the order to play them, and the names of what was missing (`redis`, `few-candidates`)."""

    tracks: list[Track]
    degraded: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Songs, best first, and the position of the last one; None on the last page."""

    tracks: list[Track]
    end: Position | None


class Recommender:
    """Recommends songs for a mood, and searches all songs."""

    def __init__(self, catalogue: Catalogue, cache: CandidateCache) -> None:
        self._catalogue = catalogue
        self._cache = cache

    def recommend(self, request: ListRequest) -> Recommendation:
        """Draw a list. Raises UpstreamUnavailable where neither cache nor database has candidates."""
        random = np.random.default_rng(None if request.seed is None else request.seed % 2**64)
        candidates_of = partial(self._candidates, request.policy, request.filters)
        excluded = Exclusions(request.exclude)
        tracks = make_list(request.policy, request.target, request.length, candidates_of, excluded, random)
        return Recommendation(tracks, self._degraded(len(tracks) < request.length))

    def search(self, query: Query, after: Position | None, limit: int) -> Page:
        """Return up to `limit` songs of a query's result after a position. Raises UpstreamUnavailable."""
        found = self._catalogue.search(query, after, limit + 1)
        end = found[limit - 1].position if len(found) > limit else None
        return Page([hit.track for hit in found[:limit]], end)

    def track(self, track_id: str) -> Track:
        """Return the song with an id. Raises UnknownTrack, UpstreamUnavailable."""
        track = self._catalogue.track(track_id)
        if track is None:
            raise UnknownTrack(f"no song has the id {track_id}")
        return track

    def dependencies(self) -> dict[str, str]:
        """Return the state of the database and of Redis at their last use."""
        database = "ok" if self._catalogue.available else "away"
        return {"database": database, "redis": self._cache.redis_state}

    def _candidates(self, policy: Policy, filters: Filters, mood: Mood) -> Candidates:
        find = self._strongest if policy is Policy.MATCH else self._of_all_strengths
        key = candidates_key(self._catalogue.version, mood, filters, policy)
        return self._cache.get(key, lambda: find(mood, filters))

    def _strongest(self, mood: Mood, filters: Filters) -> list[Track]:
        return self._catalogue.candidates(mood, filters, CANDIDATES)

    def _of_all_strengths(self, mood: Mood, filters: Filters) -> list[Track]:
        """Return the strongest songs and a sample of all: a lift needs songs that lie between two moods."""
        sample = self._catalogue.sample(mood, filters, CANDIDATES)
        return list({track.id: track for track in [*self._strongest(mood, filters), *sample]}.values())

    def _degraded(self, few: bool) -> list[str]:
        redis = ["redis"] if self._cache.redis_state == "away" else []
        return redis + (["few-candidates"] if few else [])
