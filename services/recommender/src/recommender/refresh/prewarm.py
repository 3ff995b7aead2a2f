"""Looks up at Spotify the songs that are most likely to be drawn, before listeners ask for them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

import numpy as np

from musicalface_common.vocabulary import MOODS, Mood
from recommender.cache.redis_level import RedisLevel, open_redis_level
from recommender.catalogue.catalogue import Catalogue
from recommender.domain.provider import Provider
from recommender.domain.query import Filters
from recommender.domain.ranking import CANDIDATES, POPULARITY_WEIGHT, Candidates
from recommender.domain.scores import Scores
from recommender.domain.track import Track
from recommender.playback.lookup import open_playback
from recommender.playback.resolver import CONCURRENT_CALLS, Resolver
from recommender.settings import Settings

# Number of songs that are looked up in the cache at once.
CACHE_BATCH = 100
# Pause between calls: requests of listeners share Spotify's limit and come first.
PAUSE_SECONDS = 1.0
# Longer than a call may take.
PATIENCE_SECONDS = 30.0
# The prewarm stops after this many failed rounds in a row.
MAX_FAILURES = 3
REDIS_AWAY = "Redis is away, so answers could not be kept"

# Called with the name of the current step, the number of its items that are done, and the number of all its items.
Progress = Callable[[str, int, int], None]


class Prewarmed(NamedTuple):
    """The number of songs looked up at Spotify, the number found there, and why the prewarm stopped early, or None."""

    looked_up: int
    found: int
    stopped: str | None = None


async def prewarm(catalogue: Catalogue, settings: Settings, progress: Progress) -> Prewarmed:
    """Look up the songs most likely to be drawn that are not in the cache, with at most `refresh_quota` calls.

    Stops when Spotify limits calls. Looks up nothing without a Redis that stores the results.
    """
    async with open_redis_level(settings.redis_url) as redis:
        if redis is None:
            return Prewarmed(0, 0, "there is no Redis to keep the answers")
        if not redis.availability.available:
            return Prewarmed(0, 0, REDIS_AWAY)
        async with open_playback(settings, redis) as playback:
            resolver = playback.resolver(Provider.SPOTIFY)
            if resolver is None:
                return Prewarmed(0, 0, "no credentials")
            tracks = await _songs_to_look_up(catalogue, resolver, settings.refresh_quota)
            return await _look_up(resolver, redis, tracks, progress)


async def _look_up(resolver: Resolver, redis: RedisLevel, tracks: Sequence[Track], progress: Progress) -> Prewarmed:
    found = failures = 0
    for start in range(0, len(tracks), CONCURRENT_CALLS):
        progress("asking Spotify", start, len(tracks))
        await redis.availability.probe()
        if not redis.availability.available:
            return Prewarmed(start, found, REDIS_AWAY)
        resolution = await resolver.resolve(tracks[start : start + CONCURRENT_CALLS], PATIENCE_SECONDS)
        found += sum(playback is not None for playback in resolution.playbacks.values())
        failures = failures + 1 if resolution.degraded else 0
        if f"{Provider.SPOTIFY}-limited" in resolution.degraded or failures == MAX_FAILURES:
            return Prewarmed(start, found, ", ".join(resolution.degraded))
        await asyncio.sleep(PAUSE_SECONDS)
    return Prewarmed(len(tracks), found)


async def _songs_to_look_up(catalogue: Catalogue, resolver: Resolver, quota: int) -> list[Track]:
    """Return the most likely songs that are not in the cache, as many as can be looked up with `quota` calls."""
    songs, calls = [], 0
    async for track in _uncached(_most_likely(catalogue), resolver):
        # If the id is no longer valid, a search follows.
        calls += 2 if track.spotify_id else 1
        if calls > quota:
            break
        songs.append(track)
    return songs


async def _uncached(tracks: Iterator[Track], resolver: Resolver) -> AsyncIterator[Track]:
    while batch := list(islice(tracks, CACHE_BATCH)):
        known = await resolver.cached(batch)
        for track in batch:
            if track.id not in known:
                yield track


def _most_likely(catalogue: Catalogue) -> Iterator[Track]:
    """Yield the candidates of the four moods in turn. Within a mood, the most likely to be drawn come first."""
    for songs in zip_longest(*(_by_appeal(catalogue, mood) for mood in MOODS)):
        yield from (song for song in songs if song)


def _by_appeal(catalogue: Catalogue, mood: Mood) -> list[Track]:
    candidates = Candidates.of(catalogue.candidates(mood, Filters(), CANDIDATES))
    order = np.argsort(-candidates.appeal(Scores.pure(mood), POPULARITY_WEIGHT), kind="stable")
    return [candidates.tracks[place] for place in order.tolist()]
