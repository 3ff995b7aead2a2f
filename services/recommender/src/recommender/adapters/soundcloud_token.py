"""The application's token at SoundCloud, by client credentials: few a day may be asked for, so it is shared.

https://developers.soundcloud.com/docs/api/guide (authentication), .../docs/api/rate-limits
"""

import hashlib
from threading import Lock

import httpx
from pydantic import BaseModel, SecretStr

from recommender.adapters.cache import Cache
from recommender.adapters.provider_http import call, parsed
from recommender.adapters.soundcloud_limit import CREDENTIALS_SECONDS, refuse_limits
from recommender.adapters.sources import ProviderLimited

EARLY_SECONDS = 60


class Grant(BaseModel):
    access_token: str
    expires_in: int


class SoundCloudToken:
    """A token for all threads and, through Redis, all processes; asked for by one thread at a time."""

    def __init__(self, client: httpx.Client, url: str, client_id: str, secret: SecretStr, cache: Cache) -> None:
        self._client = client
        self._url = url
        self._auth = httpx.BasicAuth(client_id, secret.get_secret_value())
        self._cache = cache
        self._key = f"mf:soundcloud:token:{hashlib.sha256(client_id.encode()).hexdigest()[:16]}"
        self._lock = Lock()

    def get(self, refused: bytes | None = None) -> bytes:
        """Return a token that is not the one refused. Raises ProviderLimited, ProviderFailed."""
        with self._lock:
            known = self._cache.get(self._key)
            return known if known is not None and known != refused else self._ask()

    def _ask(self) -> bytes:
        form = {"grant_type": "client_credentials"}
        response = call(self._client, "POST", self._url, data=form, auth=self._auth)
        if response.status_code == httpx.codes.BAD_REQUEST:  # OAuth's own word for an unknown client
            raise ProviderLimited(CREDENTIALS_SECONDS, "credentials")
        refuse_limits(response)
        grant = parsed(Grant, response)
        token = grant.access_token.encode()
        self._cache.set(self._key, token, max(grant.expires_in - EARLY_SECONDS, 1))
        return token
