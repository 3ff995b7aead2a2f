"""Gets the application's token at Spotify (client credentials). All threads and, through Redis, all processes share it.

https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow
"""

import hashlib
from threading import Lock

from pydantic import BaseModel, SecretStr, ValidationError
from spotipy.cache_handler import CacheHandler
from spotipy.oauth2 import SpotifyClientCredentials

from recommender.cache.two_level import TwoLevelCache
from recommender.providers.protocol import ProviderFailed, Reason
from recommender.providers.spotify.session import TIMEOUT_SECONDS, open_session

# spotipy treats a token as expired a minute before it expires.
EARLY_SECONDS = 60
# Spotify answers 400 to a wrong id or secret (invalid_client).
LIMIT_STATUSES: dict[int, Reason] = {400: "credentials", 401: "credentials", 403: "credentials"}


class Token(BaseModel):
    """A token in spotipy's format. `expires_in` is in seconds, `expires_at` in seconds since 1970."""

    access_token: str
    expires_in: int
    expires_at: int


class TokenCache(CacheHandler):  # type: ignore[misc] # spotipy ships no types
    """Stores the token in our cache, until a minute before it expires. The methods are spotipy's."""

    def __init__(self, client_id: str, cache: TwoLevelCache) -> None:
        self._cache = cache
        self._key = f"mf:spotify:token:{hashlib.sha256(client_id.encode()).hexdigest()[:16]}"

    def get_cached_token(self) -> dict[str, str | int] | None:
        """Return the token, or None if there is none or it is unreadable."""
        stored = self._cache.get(self._key)
        try:
            return Token.model_validate_json(stored).model_dump() if stored else None
        except ValidationError:
            return None

    def save_token_to_cache(self, token: object) -> None:
        """Store a token. Raises ValidationError if Spotify's response is not a token."""
        known = Token.model_validate(token)
        self._cache.set(self._key, known.model_dump_json().encode(), known.expires_in - EARLY_SECONDS)


class Credentials(SpotifyClientCredentials):  # type: ignore[misc] # spotipy ships no types
    """Provides the token. One thread requests it from Spotify while the others wait."""

    def __init__(self, url: str, client_id: str, secret: SecretStr, cache: TwoLevelCache) -> None:
        super().__init__(
            client_id,
            secret.get_secret_value(),
            requests_session=open_session(LIMIT_STATUSES),
            requests_timeout=TIMEOUT_SECONDS,
            cache_handler=TokenCache(client_id, cache),
        )
        self.OAUTH_TOKEN_URL = url
        self._lock = Lock()

    def get_access_token(self, as_dict: bool = False, check_cache: bool = True) -> str:
        """Return the token. The signature is spotipy's. Raises ProviderLimited, ProviderFailed."""
        with self._lock:
            return self._token(check_cache)

    def renew(self, refused: str) -> None:
        """Get a new token unless another thread has already done so. Raises ProviderLimited, ProviderFailed."""
        with self._lock:
            if self._token() == refused:
                self._token(check_cache=False)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _token(self, check_cache: bool = True) -> str:
        try:
            return str(super().get_access_token(as_dict=False, check_cache=check_cache))
        except (KeyError, TypeError, ValueError):
            raise ProviderFailed("unreadable token") from None  # the cause may quote the token
