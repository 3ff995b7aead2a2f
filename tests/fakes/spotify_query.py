"""The part of Spotify's search syntax that finds songs."""

import re

from fakes.songs import Song, SongIndex, words

FIELDS = "track|artist|album|isrc|year"
# A value ends at its closing quote. Without quotes, it ends at the next field.
FILTER = re.compile(rf'\b({FIELDS}):\s*(?:"([^"]*)"|(.*?)(?=\s+(?:{FIELDS}):|$))')


def matching(index: SongIndex, query: str) -> list[Song]:
    """Return the songs that match a query, such as `lovely track:"a title" artist:name isrc:X year:1999-2003`."""
    filters = {field: quoted or plain for field, quoted, plain in FILTER.findall(query)}
    spoken = [FILTER.sub(" ", query), *(value for field, value in filters.items() if field not in ("isrc", "year"))]
    return [song for song in index.having(" ".join(spoken)) if _passes(song, filters)]


def _passes(song: Song, filters: dict[str, str]) -> bool:
    return (
        words(filters.get("track", "")) <= words(song.title)
        and words(filters.get("artist", "")) <= words(" ".join(song.artists))
        and words(filters.get("album", "")) <= words(song.album)
        and filters.get("isrc", song.isrc) == song.isrc
        and _is_from(song, filters.get("year", str(song.year)))
    )


def _is_from(song: Song, years: str) -> bool:
    first, _, last = years.partition("-")
    return int(first) <= song.year <= int(last or first)
