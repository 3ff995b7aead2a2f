"""The one place where catalogue, cache, policy and ranking meet."""

import hashlib
import json
from collections.abc import Set
from dataclasses import asdict, dataclass
from functools import partial
from threading import Lock

import numpy as np
from cachetools import LRUCache

from musicalface_common.errors import UnknownTrack
from musicalface_common.vocabulary import Mood
from recommender.adapters.candidates import MEMORY_ENTRIES, CandidateCache
from recommender.adapters.catalogue import Catalogue
from recommender.domain.playlist import make_list
from recommender.domain.policy import Policy, Target
from recommender.domain.ranking import CANDIDATES, Candidates, Heard
from recommender.domain.track import Filters, Position, Query, Track


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
    """Songs, best first, and where the next page goes on, None after the last."""

    tracks: list[Track]
    end: Position | None


class Recommender:
    """Songs for a mood, and search over all songs."""

    def __init__(self, catalogue: Catalogue, cache: CandidateCache) -> None:
        self._catalogue = catalogue
        self._cache = cache
        self._lock = Lock()
        self._gathered: LRUCache[str, Candidates] = LRUCache(MEMORY_ENTRIES)

    def recommend(self, wish: Wish) -> Recommendation:
        """Draw a list. Raises UpstreamUnavailable where candidates are neither cached nor to be had."""
        random = np.random.default_rng(None if wish.seed is None else wish.seed % 2**64)
        heard = Heard(wish.exclude)
        candidates_of = partial(self._candidates, wish.policy, wish.filters)
        tracks = make_list(wish.policy, wish.target, wish.length, candidates_of, heard, random)
        return Recommendation(tracks, self._degraded(len(tracks) < wish.length))

    def search(self, query: Query, after: Position | None, limit: int) -> Page:
        """Return up to `limit` songs that a query finds after a position. Raises UpstreamUnavailable."""
        found = self._catalogue.search(query, after, limit + 1)
        end = found[limit - 1].position if len(found) > limit else None
        return Page([hit.track for hit in found[:limit]], end)

    def track(self, track_id: str) -> Track:
        """Return the song of an id. Raises UnknownTrack, UpstreamUnavailable."""
        track = self._catalogue.track(track_id)
        if track is None:
            raise UnknownTrack(f"no song has the id {track_id}")
        return track

    def dependencies(self) -> dict[str, str]:
        """Say how each dependency did last."""
        database = "ok" if self._catalogue.available else "away"
        return {"database": database, "redis": self._cache.redis_state}

    def _candidates(self, policy: Policy, filters: Filters, mood: Mood) -> Candidates:
        find = self._strongest if policy is Policy.MATCH else self._of_all_strengths
        key = f"mf:candidates:v1:{self._catalogue.version}:{mood}:{_fingerprint(filters)}:{policy}"
        return self._gather(key, self._cache.get(key, lambda: find(mood, filters)))

    def _strongest(self, mood: Mood, filters: Filters) -> list[Track]:
        return self._catalogue.candidates(mood, filters, CANDIDATES)

    def _of_all_strengths(self, mood: Mood, filters: Filters) -> list[Track]:
        """Add to the strongest songs a sample of all: the way from mood to mood leads by songs that are both."""
        hits = self._catalogue.search(Query(mood=mood, filters=filters), None, CANDIDATES)  # ids are hashes
        sample = [hit.track for hit in hits]
        return list({track.id: track for track in [*self._strongest(mood, filters), *sample]}.values())

    def _gather(self, key: str, tracks: list[Track]) -> Candidates:
        """Gather candidates once for as long as the cache gives the same list."""
        with self._lock:
            known = self._gathered.get(key)
        if known is not None and known.tracks is tracks:
            return known
        candidates = Candidates.of(tracks)
        with self._lock:
            self._gathered[key] = candidates
        return candidates

    def _degraded(self, few: bool) -> list[str]:
        redis = ["redis"] if self._cache.redis_state == "away" else []
        return redis + (["few-candidates"] if few else [])


def _fingerprint(filters: Filters) -> str:
    return hashlib.sha256(json.dumps(asdict(filters), sort_keys=True).encode()).hexdigest()[:16]
