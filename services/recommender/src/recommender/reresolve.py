"""Spotify is asked, before listeners are, for the songs that they are most likely to get."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice, zip_longest
from typing import NamedTuple

import numpy as np
from sqlalchemy import Engine

from musicalface_common.vocabulary import MOODS, Mood
from recommender.adapters.breaker import Breaker
from recommender.adapters.cache import Cache
from recommender.adapters.catalogue import Catalogue
from recommender.adapters.playbacks import PlaybackCache
from recommender.adapters.redis_level import RedisLevel
from recommender.domain.provider import Provider
from recommender.domain.ranking import CANDIDATES, POPULARITY_WEIGHT, Candidates
from recommender.domain.track import Filters, Scores, Track
from recommender.players import configured_sources
from recommender.resolver import AT_ONCE, Resolver
from recommender.settings import Settings

LOOKED_UP = 100
# Listeners' own songs are asked for meanwhile: the provider's limit is theirs first.
PAUSE_SECONDS = 1.0
# Longer than a call may take.
PATIENCE_SECONDS = 30.0
# So many rounds may fail in a row.
MOST_FAILURES = 3
REDIS_AWAY = "Redis is away, which is to keep the answers"

# Told the step that begins or goes on, and how much of it is done, of how much.
Progress = Callable[[str, int, int], None]


class Resolved(NamedTuple):
    """How many songs Spotify was asked for, how many of them it has, and why no more, if so."""

    asked: int
    found: int
    stopped: str | None = None


def reresolve(engine: Engine, settings: Settings, version: str, progress: Progress) -> Resolved:
    """Ask for songs that the cache does not know, or no longer, the likeliest first, by so many calls as the quota.

    Stops where Spotify wants no more calls. Without a Redis that keeps the answers none is asked for.
    """
    if settings.redis_url is None:
        return Resolved(0, 0, "there is no Redis to keep the answers")
    with closing(RedisLevel(settings.redis_url)) as redis:
        asyncio.run(redis.availability.probe())
        if not redis.availability.available:
            return Resolved(0, 0, REDIS_AWAY)
        cache = Cache(redis)
        source = next((each for each in configured_sources(settings, cache) if each.provider is Provider.SPOTIFY), None)
        if source is None:
            return Resolved(0, 0, "no credentials")
        tracks = _due(Catalogue(engine, version), PlaybackCache(Provider.SPOTIFY, cache), settings.refresh_quota)
        resolver = Resolver(source, cache, Breaker(Provider.SPOTIFY, redis))
        return asyncio.run(_resolve(resolver, redis, tracks, progress))


async def _resolve(resolver: Resolver, redis: RedisLevel, tracks: Sequence[Track], progress: Progress) -> Resolved:
    found = failures = 0
    try:
        for start in range(0, len(tracks), AT_ONCE):
            progress("asking Spotify", start, len(tracks))
            await redis.availability.probe()
            if not redis.availability.available:
                return Resolved(start, found, REDIS_AWAY)
            resolution = await resolver.resolve(tracks[start : start + AT_ONCE], PATIENCE_SECONDS)
            found += sum(playback is not None for playback in resolution.playbacks.values())
            failures = failures + 1 if resolution.degraded else 0
            if f"{Provider.SPOTIFY}-limited" in resolution.degraded or failures == MOST_FAILURES:
                return Resolved(start, found, ", ".join(resolution.degraded))
            await asyncio.sleep(PAUSE_SECONDS)
    finally:
        await resolver.close()
    return Resolved(len(tracks), found)


def _due(catalogue: Catalogue, playbacks: PlaybackCache, quota: int) -> list[Track]:
    """Return the likeliest songs that are not known, as many as surely need no more calls than the quota."""
    due, calls = [], 0
    for track in _unknown(_likeliest(catalogue), playbacks):
        # An id that is not good any more takes a search, too.
        calls += 2 if track.spotify_id else 1
        if calls > quota:
            break
        due.append(track)
    return due


def _unknown(tracks: Iterator[Track], playbacks: PlaybackCache) -> Iterator[Track]:
    while some := list(islice(tracks, LOOKED_UP)):
        known = playbacks.get_many([track.id for track in some])
        yield from (track for track in some if track.id not in known)


def _likeliest(catalogue: Catalogue) -> Iterator[Track]:
    """Yield the candidates of all moods by turns, those first that are drawn most often."""
    for songs in zip_longest(*(_by_appeal(catalogue, mood) for mood in MOODS)):
        yield from (song for song in songs if song)


def _by_appeal(catalogue: Catalogue, mood: Mood) -> list[Track]:
    candidates = Candidates.of(catalogue.candidates(mood, Filters(), CANDIDATES))
    order = np.argsort(-candidates.appeal(Scores.pure(mood), POPULARITY_WEIGHT), kind="stable")
    return [candidates.tracks[place] for place in order.tolist()]
