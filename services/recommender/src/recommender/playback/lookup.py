"""Looks up where songs play, and decides which requests may call which provider."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from musicalface_common.deadline import remaining_seconds
from recommender.cache.redis_level import RedisLevel
from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import KnownPlaybacks
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.playback.cooldown import ProviderCooldown
from recommender.playback.resolver import Resolution, Resolver
from recommender.providers.configured import configured_clients
from recommender.settings import ProviderSettings

# Part of a request's time that is reserved for sending the response.
MARGIN_SECONDS = 0.1
# YouTube allows a hundred searches a day: too few to look up lists.
LIST_PROVIDERS = (Provider.SPOTIFY, Provider.SOUNDCLOUD)


class PlaybackLookup:
    """Looks songs up at the configured providers. For other providers, results are empty and nothing is degraded."""

    def __init__(self, resolvers: Mapping[Provider, Resolver], seconds: float) -> None:
        self._resolvers = resolvers
        self._seconds = seconds

    async def for_list(self, tracks: Sequence[Track], provider: Provider) -> Resolution:
        """Look up the songs of a list. Calls the provider only if it is one of LIST_PROVIDERS."""
        if provider in LIST_PROVIDERS:
            return await self.for_click(tracks, provider)
        return Resolution(await self.known(tracks, provider), [])

    async def for_click(self, tracks: Sequence[Track], provider: Provider) -> Resolution:
        """Look up songs that somebody clicked on. Calls the provider."""
        resolver = self._resolvers.get(provider)
        return await resolver.resolve(tracks, self._seconds_to_wait()) if resolver else Resolution({}, [])

    async def known(self, tracks: Sequence[Track], provider: Provider) -> KnownPlaybacks:
        """Return the cached results of these songs. Does not call the provider."""
        resolver = self._resolvers.get(provider)
        return await resolver.cached(tracks) if resolver else {}

    def resolver(self, provider: Provider) -> Resolver | None:
        """Return the resolver of a provider, or None if it has no credentials."""
        return self._resolvers.get(provider)

    def dependencies(self) -> dict[str, str]:
        """Return the state of each provider: `ok`, until when it is limited, or `not configured`."""
        return {
            each: self._resolvers[each].state() if each in self._resolvers else "not configured" for each in Provider
        }

    def _seconds_to_wait(self) -> float:
        left = remaining_seconds()
        return self._seconds if left is None else min(self._seconds, left - MARGIN_SECONDS)


@asynccontextmanager
async def open_playback(settings: ProviderSettings, redis: RedisLevel | None) -> AsyncIterator[PlaybackLookup]:
    """Open the configured providers, which share one cache, and close them when the block ends."""
    cache = TwoLevelCache(redis)
    async with AsyncExitStack() as stack:
        resolvers = {}
        for client in configured_clients(settings, cache):
            resolvers[client.provider] = Resolver(client, cache, ProviderCooldown(client.provider, redis))
            stack.push_async_callback(resolvers[client.provider].close)
        yield PlaybackLookup(resolvers, settings.resolve_seconds)
