"""Decides whether an upload is the song, published by its artist or label."""

import re
from collections.abc import Iterable

from recommender.domain.normalisation import normalise
from recommender.domain.same_song import is_same_song
from recommender.domain.track import Track

_OWN_CHANNEL = re.compile(r"(?:\s+-\s+topic|\s*vevo|\s+official|\s+channel)+$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]|\|[^|]*$")
_DASH = re.compile(r"\s+[-–—]\s+")
_YEAR = re.compile(r"(?:19|20)\d\d")

# Words for the format of a video. They do not say which song it is.
_FORMAT = frozenset(
    {"official", "music", "video", "videoclip", "clip", "audio", "lyric", "lyrics", "visualizer", "visualiser", "mv"}
    | {"hd", "hq", "uhd", "4k", "remaster", "remastered"}
)


def is_own_upload(track: Track, uploaders: Iterable[str], title: str) -> bool:
    """Return whether an upload's title is the song's, and one of the uploader's names is the artist's.

    "Artist - Topic", "ArtistVEVO" and "Artist Official" count as the artist. The title may begin with "Artist - ".
    """
    titles = _titles(title)
    return any(is_same_song(track, [_artist_of(name)], each) for name in uploaders for each in titles)


def is_official_video(track: Track, title: str) -> bool:
    """Return whether a title reads "Artist - Title" and contains "official", as labels write it on their channels."""
    artist, *song = _DASH.split(_without_format(title), maxsplit=1)
    return "official" in normalise(title).split() and bool(song) and is_same_song(track, [artist], song[0])


def _artist_of(uploader: str) -> str:
    return _OWN_CHANNEL.sub("", uploader)


def _titles(title: str) -> list[str]:
    """Return what may be the song's title: the whole title, and the part after "Artist - "."""
    whole = _without_format(title)
    return [whole, *_DASH.split(whole, maxsplit=1)[1:]]


def _without_format(title: str) -> str:
    """Return a title without brackets such as "(Official Video)" and "[HD]". Other brackets remain."""
    return _BRACKETS.sub(lambda found: " " if _is_format(found[0]) else found[0], title).strip()


def _is_format(bracket: str) -> bool:
    words = {word for word in normalise(bracket).split() if not _YEAR.fullmatch(word)}
    return bool(words) and words <= _FORMAT
