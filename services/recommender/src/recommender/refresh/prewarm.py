"""Looks up the songs that listeners will most likely get at Spotify, before they ask."""

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

# Songs looked up in the cache at once.
CACHE_BATCH = 100
# Listeners' own requests share Spotify's limit and come first.
PAUSE_SECONDS = 1.0
# Longer than a call may take.
PATIENCE_SECONDS = 30.0
# Failed rounds in a row before the prewarm gives up.
MOST_FAILURES = 3
REDIS_AWAY = "Redis is away, so answers could not be kept"

# Called with the current step, how much of it is done, and how much it is in all.
Progress = Callable[[str, int, int], None]


class Prewarmed(NamedTuple):
    """The number of songs that Spotify was asked for, the number that it has, and why the prewarm stopped early."""

    asked: int
    found: int
    stopped: str | None = None


async def prewarm(catalogue: Catalogue, settings: Settings, progress: Progress) -> Prewarmed:
    """Ask for the likeliest songs that the cache does not know, with at most `refresh_quota` calls.

    Stops when Spotify wants no more calls. Asks for nothing without a Redis that keeps the answers.
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
            tracks = await _due(catalogue, resolver, settings.refresh_quota)
            return await _ask(resolver, redis, tracks, progress)


async def _ask(resolver: Resolver, redis: RedisLevel, tracks: Sequence[Track], progress: Progress) -> Prewarmed:
    found = failures = 0
    for start in range(0, len(tracks), CONCURRENT_CALLS):
        progress("asking Spotify", start, len(tracks))
        await redis.availability.probe()
        if not redis.availability.available:
            return Prewarmed(start, found, REDIS_AWAY)
        resolution = await resolver.resolve(tracks[start : start + CONCURRENT_CALLS], PATIENCE_SECONDS)
        found += sum(playback is not None for playback in resolution.playbacks.values())
        failures = failures + 1 if resolution.degraded else 0
        if f"{Provider.SPOTIFY}-limited" in resolution.degraded or failures == MOST_FAILURES:
            return Prewarmed(start, found, ", ".join(resolution.degraded))
        await asyncio.sleep(PAUSE_SECONDS)
    return Prewarmed(len(tracks), found)


async def _due(catalogue: Catalogue, resolver: Resolver, quota: int) -> list[Track]:
    """Return the likeliest songs that the cache does not know, as many as need no more calls than the quota."""
    due, calls = [], 0
    async for track in _unknown(_likeliest(catalogue), resolver):
        # An id that is no longer valid takes a search as well.
        calls += 2 if track.spotify_id else 1
        if calls > quota:
            break
        due.append(track)
    return due


async def _unknown(tracks: Iterator[Track], resolver: Resolver) -> AsyncIterator[Track]:
    while batch := list(islice(tracks, CACHE_BATCH)):
        known = await resolver.cached(batch)
        for track in batch:
            if track.id not in known:
                yield track


def _likeliest(catalogue: Catalogue) -> Iterator[Track]:
    """Yield the candidates of the four moods in turn, those that are drawn most often first."""
    for songs in zip_longest(*(_by_appeal(catalogue, mood) for mood in MOODS)):
        yield from (song for song in songs if song)


def _by_appeal(catalogue: Catalogue, mood: Mood) -> list[Track]:
    candidates = Candidates.of(catalogue.candidates(mood, Filters(), CANDIDATES))
    order = np.argsort(-candidates.appeal(Scores.pure(mood), POPULARITY_WEIGHT), kind="stable")
    return [candidates.tracks[place] for place in order.tolist()]
