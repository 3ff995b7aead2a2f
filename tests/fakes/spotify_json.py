"""JSON objects of Spotify's Web API, with the fields that development mode has since February 2026."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fakes.songs import Song

API = "https://api.spotify.com/v1"
SIZES = {640: "ab67616d0000b273", 300: "ab67616d00001e02", 64: "ab67616d00004851"}


def track_object(song: Song) -> dict[str, Any]:
    """Return a TrackObject."""
    return {
        "album": album_object(song),
        "artists": [artist_object(name) for name in song.artists],
        "disc_number": 1,
        "duration_ms": song.duration_ms,
        "explicit": song.explicit,
        "external_ids": {"isrc": song.isrc} if song.isrc else {},
        "is_local": False,
        "is_playable": True,
        "name": song.title,
        "preview_url": None,
        "track_number": 1,
        **_identity("track", song.spotify_id),
    }


def album_object(song: Song) -> dict[str, Any]:
    """Return a SimplifiedAlbumObject with artwork in Spotify's three sizes, the largest first."""
    return {
        "album_type": "album",
        "artists": [artist_object(song.artist)],
        "images": [
            {"url": f"https://i.scdn.co/image/{kind}{song.digest.hex()[:24]}", "height": size, "width": size}
            for size, kind in SIZES.items()
        ],
        "name": song.album,
        "release_date": str(song.year),
        "release_date_precision": "year",
        "total_tracks": 1,
        **_identity("album", _id_of(song.artist + song.album)),
    }


def artist_object(name: str) -> dict[str, Any]:
    """Return a SimplifiedArtistObject."""
    return {"name": name, **_identity("artist", _id_of(name))}


def found_page(url: str, found: Sequence[Song], limit: int, offset: int) -> dict[str, Any]:
    """Return one page of search results; `url` is the request's own URL."""
    return {
        "href": url,
        "limit": limit,
        "next": _moved(url, offset + limit) if offset + limit < len(found) else None,
        "offset": offset,
        "previous": _moved(url, max(offset - limit, 0)) if offset else None,
        "total": len(found),
        "items": [track_object(song) for song in found[offset : offset + limit]],
    }


def _moved(url: str, offset: int) -> str:
    parts = urlsplit(url)
    return parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), "offset": offset})).geturl()


def _identity(kind: str, spotify_id: str) -> dict[str, Any]:
    return {
        "external_urls": {"spotify": f"https://open.spotify.com/{kind}/{spotify_id}"},
        "href": f"{API}/{kind}s/{spotify_id}",
        "id": spotify_id,
        "type": kind,
        "uri": f"spotify:{kind}:{spotify_id}",
    }


def _id_of(name: str) -> str:
    return Song(name, "").spotify_id
