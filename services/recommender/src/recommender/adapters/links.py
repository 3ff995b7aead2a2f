"""Links to where a song plays. Made from facts alone: no provider is asked."""

from urllib.parse import quote, urlencode

from recommender.domain.provider import Provider
from recommender.domain.track import Track


def track_url(track: Track, provider: Provider) -> str:
    """Return the page of a song, or of the search for it where its page is not known."""
    words = f"{track.artist} {track.title}"
    match provider:
        case Provider.SPOTIFY if track.spotify_id:
            return spotify_track_url(track.spotify_id)
        case Provider.SPOTIFY:
            return f"https://open.spotify.com/search/{quote(words, safe='')}"
        case Provider.YOUTUBE:
            return f"https://www.youtube.com/results?{urlencode({'search_query': words})}"
        case Provider.SOUNDCLOUD:
            return f"https://soundcloud.com/search?{urlencode({'q': words})}"


def embed_url(track: Track, provider: Provider) -> str | None:
    """Return the page of a player to embed, or None where there is none without asking the provider."""
    return spotify_embed_url(track.spotify_id) if provider is Provider.SPOTIFY and track.spotify_id else None


def spotify_track_url(spotify_id: str) -> str:
    """Return the page of a song at Spotify."""
    return f"https://open.spotify.com/track/{spotify_id}"


def spotify_embed_url(spotify_id: str) -> str:
    """Return Spotify's player for a song."""
    return f"https://open.spotify.com/embed/track/{spotify_id}"
