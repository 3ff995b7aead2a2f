"""Finds songs at Spotify through spotipy: GET /tracks/{id} and GET /search of its Web API.

https://developer.spotify.com/documentation/web-api/reference/search and .../reference/get-track
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

import requests
from pydantic import BaseModel, SecretStr, StringConstraints, ValidationError
from spotipy import Spotify

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.links import spotify_embed_url, spotify_track_url
from recommender.domain.normalisation import normalise
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.same_song import is_same_song, plain_title
from recommender.domain.track import Track
from recommender.providers.http import Body
from recommender.providers.protocol import ProviderFailed, ProviderLimited, Reason
from recommender.providers.spotify.session import REFUSED_SECONDS, TIMEOUT_SECONDS, Refused, open_session
from recommender.providers.spotify.token import Credentials

RESULTS = 10  # the maximum of one search
# Spotify allows 250 characters in a query, which has two phrases.
PHRASE_LENGTH = 100
# 403: the application's owner has no Premium, or Spotify has withdrawn the application.
LIMIT_STATUSES: dict[int, Reason] = {403: "premium"}
# 400: the id has 22 letters and digits, but is not valid.
NO_SUCH_ID = (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)
ARTWORK_PIXELS = 300

# At level DEBUG spotipy logs the application's secret and token.
logging.getLogger("spotipy").setLevel(logging.WARNING)


class Image(BaseModel):
    url: Annotated[str, StringConstraints(pattern="^https://")]
    width: int | None = None


class Album(BaseModel):
    images: list[Image] = []


class Artist(BaseModel):
    name: str


class Item(BaseModel):
    id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{22}$")]
    name: str
    artists: list[Artist]
    album: Album = Album()
    explicit: bool | None = None
    duration_ms: int | None = None
    is_playable: bool = True  # present only if the request names a market


class Items(BaseModel):
    items: list[Item | None]


class SearchResult(BaseModel):
    tracks: Items


class SpotifyClient:
    """Finds songs with Spotify's Web API and the application's own token. Several threads may share one client."""

    provider = Provider.SPOTIFY

    def __init__(
        self,
        api_url: str,
        accounts_url: str,
        client_id: str,
        secret: SecretStr,
        cache: TwoLevelCache,
        market: str | None,
    ) -> None:
        self._credentials = Credentials(accounts_url, client_id, secret, cache)
        self._session = open_session(LIMIT_STATUSES)
        self._spotify = Spotify(
            auth_manager=self._credentials, requests_session=self._session, requests_timeout=TIMEOUT_SECONDS
        )
        self._spotify.prefix = f"{api_url.rstrip('/')}/"
        self._market = market

    def find(self, track: Track) -> Playback | None:
        """Find the song by the catalogue's Spotify id, else by artist and title. Blocks.

        Raises ProviderLimited, ProviderFailed.
        """
        by_id = self._by_id(track.spotify_id) if track.spotify_id else None
        best = by_id if by_id and by_id.is_playable else self._by_name(track)
        return _playback(best) if best else None

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
        self._credentials.close()

    def _by_id(self, spotify_id: str) -> Item | None:
        try:
            return self._ask(Item, lambda: self._spotify.track(spotify_id, market=self._market))
        except Refused as refused:
            if refused.status in NO_SUCH_ID:
                return None
            raise

    def _by_name(self, track: Track) -> Item | None:
        query = f'track:"{_phrase(plain_title(track.title))}" artist:"{_phrase(track.artist)}"'
        found = self._ask(
            SearchResult, lambda: self._spotify.search(query, limit=RESULTS, type="track", market=self._market)
        )
        same = [item for item in found.tracks.items if item and item.is_playable and _is_song(track, item)]
        return min(same, key=lambda item: _rank(track, item), default=None)

    def _ask(self, kind: type[Body], call: Callable[[], Any]) -> Body:
        try:
            return kind.model_validate(self._with_valid_token(call))
        except ValidationError:
            raise ProviderFailed("unreadable response") from None
        except requests.RequestException as error:
            raise ProviderFailed(type(error).__name__) from None

    def _with_valid_token(self, call: Callable[[], Any]) -> Any:
        """Make a call. If Spotify refuses the token, get a new one and call once more."""
        token = self._credentials.get_access_token()
        try:
            return call()
        except Refused as refused:
            if refused.status != HTTPStatus.UNAUTHORIZED:
                raise
        self._credentials.renew(token)
        try:
            return call()
        except Refused as refused:
            if refused.status != HTTPStatus.UNAUTHORIZED:
                raise
            raise ProviderLimited(REFUSED_SECONDS, "credentials") from None


def _phrase(words: str) -> str:
    """Return words for a quoted phrase of a query: without quotes, at most 100 characters."""
    return words.replace('"', " ")[:PHRASE_LENGTH]


def _is_song(track: Track, item: Item) -> bool:
    return is_same_song(track, [artist.name for artist in item.artists], item.name)


def _rank(track: Track, item: Item) -> tuple[bool, bool]:
    """Return a sort key: recordings as explicit as ours come first, then those with exactly our title."""
    return track.explicit not in (None, item.explicit), normalise(item.name) != normalise(track.title)


def _playback(item: Item) -> Playback:
    return Playback(
        provider_id=item.id,
        url=spotify_track_url(item.id),
        embed_url=spotify_embed_url(item.id),
        artwork_url=_artwork(item.album.images),
        explicit=item.explicit,
        duration_ms=item.duration_ms,
    )


def _artwork(images: list[Image]) -> str | None:
    """Return the URL of the smallest picture at least 300 pixels wide, else of the first, which is the largest."""
    large = [image for image in images if (image.width or 0) >= ARTWORK_PIXELS]
    best = min(large, key=lambda image: image.width or 0) if large else next(iter(images), None)
    return best.url if best else None
