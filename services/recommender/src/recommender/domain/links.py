"""Links a song to a provider: to its page and player if they are known, else to the provider's search."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from recommender.domain.playback import KnownPlaybacks
from recommender.domain.provider import Provider
from recommender.domain.track import Track


class Link(NamedTuple):
    """The URLs of a song at a provider, its length in ms, and whether it is explicit there. None means unknown."""

    url: str
    embed_url: str | None = None
    artwork_url: str | None = None
    duration_ms: int | None = None
    explicit: bool | None = None


def link_for(track: Track, provider: Provider, known: KnownPlaybacks) -> Link:
    """Return the link of a song to a provider.

    If `known` has a playback of the song, the link leads there; else to the catalogue's Spotify id; else to the search.
    If `known` says that the provider does not have the song, the catalogue's id is not used.
    """
    if playback := known.get(track.id):
        return Link(playback.url, playback.embed_url, playback.artwork_url, playback.duration_ms, playback.explicit)
    if provider is Provider.SPOTIFY and track.spotify_id and track.id not in known:
        return Link(spotify_track_url(track.spotify_id), spotify_embed_url(track.spotify_id))
    return Link(_search_url(track, provider))


def spotify_track_url(spotify_id: str) -> str:
    """Return the URL of a song's page at Spotify."""
    return f"https://open.spotify.com/track/{spotify_id}"


def spotify_embed_url(spotify_id: str) -> str:
    """Return the URL of Spotify's player for a song."""
    return f"https://open.spotify.com/embed/track/{spotify_id}"


def _search_url(track: Track, provider: Provider) -> str:
    words = f"{track.artist} {track.title}"
    match provider:
        case Provider.SPOTIFY:
            return f"https://open.spotify.com/search/{quote(words, safe='')}"
        case Provider.YOUTUBE:
            return f"https://www.youtube.com/results?{urlencode({'search_query': words})}"
        case Provider.SOUNDCLOUD:
            return f"https://soundcloud.com/search?{urlencode({'q': words})}"
