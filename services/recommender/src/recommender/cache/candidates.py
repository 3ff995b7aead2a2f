"""Caches candidate lists on two levels: process memory first, then Redis."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from threading import Lock

import structlog
from cachetools import LRUCache, TTLCache
from pydantic import TypeAdapter, ValidationError

from musicalface_common.vocabulary import Mood
from recommender.cache.redis_level import RedisLevel
from recommender.domain.policy import Policy
from recommender.domain.query import Filters
from recommender.domain.ranking import Candidates
from recommender.domain.track import Track

LIFETIME_SECONDS = 3600
MEMORY_ENTRIES = 64

log = structlog.get_logger("musicalface.cache")
_json = TypeAdapter(list[Track])


class CandidateCache:
    """Candidates by key, for an hour. Memory holds Candidates objects, Redis holds the JSON of their tracks."""

    def __init__(self, redis: RedisLevel | None) -> None:
        self._redis = redis
        self._lock = Lock()
        self._memory: TTLCache[str, Candidates] = TTLCache(MEMORY_ENTRIES, LIFETIME_SECONDS)
        self._locks: LRUCache[str, Lock] = LRUCache(MEMORY_ENTRIES)

    @property
    def redis_state(self) -> str:
        """The state of Redis: `ok`, `away` or `not configured`."""
        return self._redis.availability.state if self._redis else "not configured"

    def get(self, key: str, compute: Callable[[], list[Track]]) -> Candidates:
        """Return the candidates of a key. If no level holds them, one thread calls `compute` while others wait."""
        known = self._known(key)
        if known is not None:
            return known
        with self._lock_of(key):
            known = self._known(key)
            return self._load(key, compute) if known is None else known

    def _known(self, key: str) -> Candidates | None:
        with self._lock:
            known: Candidates | None = self._memory.get(key)
        return known

    def _lock_of(self, key: str) -> Lock:
        with self._lock:
            lock: Lock = self._locks.setdefault(key, Lock())
        return lock

    def _load(self, key: str, compute: Callable[[], list[Track]]) -> Candidates:
        candidates = Candidates.of(self._tracks(key, compute))
        with self._lock:
            self._memory[key] = candidates
        return candidates

    def _tracks(self, key: str, compute: Callable[[], list[Track]]) -> list[Track]:
        stored = self._redis.get(key) if self._redis else None
        if stored is not None and (tracks := _decoded(stored)) is not None:
            return tracks
        tracks = compute()
        if self._redis:
            self._redis.set(key, _json.dump_json(tracks), LIFETIME_SECONDS)
        return tracks


def candidates_key(version: str, mood: Mood, filters: Filters, policy: Policy) -> str:
    """Return the cache key for the candidates of a mood, filters and policy in one version of the catalogue."""
    fingerprint = hashlib.sha256(json.dumps(asdict(filters), sort_keys=True).encode()).hexdigest()[:16]
    return f"mf:candidates:v1:{version}:{mood}:{fingerprint}:{policy}"


def _decoded(stored: bytes) -> list[Track] | None:
    try:
        return _json.validate_json(stored)
    except ValidationError:
        log.warning("candidate list in redis is unreadable, computing it again")
        return None
