"""The providers that are configured, and how far each kind of answer may ask them."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from musicalface_common.deadline import remaining_seconds
from recommender.adapters.breaker import Breaker
from recommender.adapters.cache import Cache
from recommender.adapters.playbacks import Known
from recommender.adapters.redis_level import RedisLevel
from recommender.adapters.soundcloud import SoundCloudSource
from recommender.adapters.sources import Source
from recommender.adapters.spotify import SpotifySource
from recommender.adapters.youtube import YouTubeSource
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.resolver import Resolution, Resolver
from recommender.settings import ProviderSettings

# What is left of a request's time when the providers have had theirs.
MARGIN_SECONDS = 0.1
# YouTube has a hundred searches a day: only a click on a song is worth one.
ASKED_FOR_LISTS = (Provider.SPOTIFY, Provider.SOUNDCLOUD)


class Players:
    """Where songs play, as far as a configured provider says. Without one there is nothing to say, nor to miss."""

    def __init__(self, resolvers: Mapping[Provider, Resolver], seconds: float) -> None:
        self._resolvers = resolvers
        self._seconds = seconds

    async def of_list(self, tracks: Sequence[Track], provider: Provider) -> Resolution:
        """Find where the songs of a list play, asking the provider if it may be asked for lists."""
        if provider in ASKED_FOR_LISTS:
            return await self.of_click(tracks, provider)
        return Resolution(await self.known(tracks, provider), [])

    async def of_click(self, tracks: Sequence[Track], provider: Provider) -> Resolution:
        """Find where songs play that somebody chose, asking the provider."""
        resolver = self._resolvers.get(provider)
        return await resolver.resolve(tracks, self._patience()) if resolver else Resolution({}, [])

    async def known(self, tracks: Sequence[Track], provider: Provider) -> Known:
        """Return where songs play as far as the cache knows."""
        resolver = self._resolvers.get(provider)
        return await resolver.cached(tracks) if resolver else {}

    def dependencies(self) -> dict[str, str]:
        """Say of each provider `ok`, until when it is limited, or `not configured`."""
        return {
            each: self._resolvers[each].state() if each in self._resolvers else "not configured" for each in Provider
        }

    def _patience(self) -> float:
        left = remaining_seconds()
        return self._seconds if left is None else min(self._seconds, left - MARGIN_SECONDS)


@asynccontextmanager
async def open_players(settings: ProviderSettings, redis: RedisLevel | None) -> AsyncIterator[Players]:
    """Open the configured providers; they share one cache."""
    cache = Cache(redis)
    async with AsyncExitStack() as stack:
        resolvers = {}
        for source in configured_sources(settings, cache):
            resolvers[source.provider] = Resolver(source, cache, Breaker(source.provider, redis))
            stack.push_async_callback(resolvers[source.provider].close)
        yield Players(resolvers, settings.resolve_seconds)


def configured_sources(settings: ProviderSettings, cache: Cache) -> Iterator[Source]:
    """Make the providers that there are credentials for."""
    if settings.spotify_client_id and settings.spotify_client_secret:
        client = settings.spotify_client_id, settings.spotify_client_secret
        urls = settings.spotify_api_url, settings.spotify_accounts_url
        yield SpotifySource(*urls, *client, cache, settings.spotify_market)
    if settings.youtube_api_key:
        yield YouTubeSource(settings.youtube_api_url, settings.youtube_api_key)
    if settings.soundcloud_client_id and settings.soundcloud_client_secret:
        client = settings.soundcloud_client_id, settings.soundcloud_client_secret
        yield SoundCloudSource(settings.soundcloud_api_url, settings.soundcloud_token_url, *client, cache)
