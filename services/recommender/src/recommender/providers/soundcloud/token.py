"""Gets the application's token at SoundCloud (client credentials). All processes share it: SoundCloud limits tokens.

https://developers.soundcloud.com/docs/api/guide (authentication), .../docs/api/rate-limits
"""

import hashlib
from threading import Lock

import httpx
from pydantic import BaseModel, SecretStr

from recommender.cache.two_level import TwoLevelCache
from recommender.providers.http import call, parsed
from recommender.providers.protocol import ProviderLimited
from recommender.providers.soundcloud.refusals import CREDENTIALS_SECONDS, raise_if_limited

# A token is renewed this long before it expires.
EARLY_SECONDS = 60


class TokenResponse(BaseModel):
    access_token: str
    expires_in: int


class SoundCloudToken:
    """A token that all threads and, through Redis, all processes share. Only one thread at a time requests it."""

    def __init__(self, client: httpx.Client, url: str, client_id: str, secret: SecretStr, cache: TwoLevelCache) -> None:
        self._client = client
        self._url = url
        self._auth = httpx.BasicAuth(client_id, secret.get_secret_value())
        self._cache = cache
        self._key = f"mf:soundcloud:token:{hashlib.sha256(client_id.encode()).hexdigest()[:16]}"
        self._lock = Lock()

    def get(self, refused: bytes | None = None) -> bytes:
        """Return a token other than the refused one. Raises ProviderLimited, ProviderFailed."""
        with self._lock:
            known = self._cache.get(self._key)
            return known if known is not None and known != refused else self._ask()

    def _ask(self) -> bytes:
        form = {"grant_type": "client_credentials"}
        response = call(self._client, "POST", self._url, data=form, auth=self._auth)
        if response.status_code == httpx.codes.BAD_REQUEST:  # OAuth's status for an unknown client
            raise ProviderLimited(CREDENTIALS_SECONDS, "credentials")
        raise_if_limited(response)
        granted = parsed(TokenResponse, response)
        token = granted.access_token.encode()
        self._cache.set(self._key, token, max(granted.expires_in - EARLY_SECONDS, 1))
        return token
