"""Makes a client for each provider that has credentials."""

from collections.abc import Iterator

from recommender.cache.two_level import TwoLevelCache
from recommender.providers.protocol import ProviderClient
from recommender.providers.soundcloud.client import SoundCloudClient
from recommender.providers.spotify.client import SpotifyClient
from recommender.providers.youtube import YouTubeClient
from recommender.settings import ProviderSettings


def configured_clients(settings: ProviderSettings, cache: TwoLevelCache) -> Iterator[ProviderClient]:
    """Yield a client for each provider that has credentials. The clients store their tokens in the cache."""
    if settings.spotify_client_id and settings.spotify_client_secret:
        credentials = settings.spotify_client_id, settings.spotify_client_secret
        urls = settings.spotify_api_url, settings.spotify_accounts_url
        yield SpotifyClient(*urls, *credentials, cache, settings.spotify_market)
    if settings.youtube_api_key:
        yield YouTubeClient(settings.youtube_api_url, settings.youtube_api_key)
    if settings.soundcloud_client_id and settings.soundcloud_client_secret:
        credentials = settings.soundcloud_client_id, settings.soundcloud_client_secret
        yield SoundCloudClient(settings.soundcloud_api_url, settings.soundcloud_token_url, *credentials, cache)
