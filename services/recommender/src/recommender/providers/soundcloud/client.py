"""Finds songs at SoundCloud with GET /tracks of its API.

https://developers.soundcloud.com/docs/api/explorer/open-api and .../docs/api/html5-widget
"""

from typing import Annotated
from urllib.parse import urlencode

import httpx
from pydantic import BaseModel, SecretStr, StringConstraints

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.domain.uploads import is_own_upload
from recommender.providers.http import TIMEOUT, call, parsed
from recommender.providers.soundcloud.refusals import raise_if_limited
from recommender.providers.soundcloud.token import SoundCloudToken

RESULTS = 10

HttpsUrl = Annotated[str, StringConstraints(pattern="^https://")]


class User(BaseModel):
    username: str


class Publisher(BaseModel):
    artist: str | None = None


class Sound(BaseModel):
    urn: str
    title: str
    user: User
    permalink_url: HttpsUrl
    artwork_url: HttpsUrl | None = None
    duration: int | None = None
    embeddable_by: str = "all"
    metadata_artist: str | None = None
    publisher_metadata: Publisher | None = None

    @property
    def uploaders(self) -> list[str]:
        """The names of the uploader: of the account, and of the artists that the account states."""
        names = (self.user.username, self.metadata_artist, self.publisher_metadata and self.publisher_metadata.artist)
        return [name for name in names if name]


class Sounds(BaseModel):
    collection: list[Sound]


class SoundCloudClient:
    """Finds songs with SoundCloud's API and the application's own token."""

    provider = Provider.SOUNDCLOUD

    def __init__(self, api_url: str, token_url: str, client_id: str, secret: SecretStr, cache: TwoLevelCache) -> None:
        self._client = httpx.Client(base_url=api_url, timeout=TIMEOUT)
        self._token = SoundCloudToken(self._client, token_url, client_id, secret, cache)

    def find(self, track: Track) -> Playback | None:
        """Find the song among its artist's own uploads. Blocks. Raises ProviderLimited, ProviderFailed."""
        token = self._token.get()
        response = self._search(track, token)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            response = self._search(track, self._token.get(refused=token))
        raise_if_limited(response)
        sounds = parsed(Sounds, response).collection
        return next((_playback(each) for each in sounds if is_own_upload(track, each.uploaders, each.title)), None)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _search(self, track: Track, token: bytes) -> httpx.Response:
        query = {
            "q": f"{track.artist} {track.title}",
            "access": "playable",
            "limit": RESULTS,
            "linked_partitioning": "true",
        }
        headers = {b"Authorization": b"OAuth " + token, b"Accept": b"application/json"}
        return call(self._client, "GET", "tracks", params=query, headers=headers)


def _playback(sound: Sound) -> Playback:
    player = f"https://w.soundcloud.com/player/?{urlencode({'url': sound.permalink_url})}"
    return Playback(
        provider_id=sound.urn,
        url=sound.permalink_url,
        embed_url=player if sound.embeddable_by == "all" else None,
        artwork_url=sound.artwork_url,
        explicit=None,
        duration_ms=sound.duration,
    )
