"""Decides whether a provider's song is the catalogue's song. A wrong song is worse than none."""

import re
from collections.abc import Iterable, Sequence

from recommender.domain.normalisation import normalise
from recommender.domain.spelling import chunks
from recommender.domain.track import Track

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DASH = re.compile(r"\s+[-–—]\s+")
_GUEST_WORDS = r"(?:feat|ft|featuring)\b\.?"
_GUESTS = re.compile(rf"^{_GUEST_WORDS}", re.IGNORECASE)
_LOOSE_GUESTS = re.compile(rf"\s{_GUEST_WORDS}(?:(?!\s[-–—]\s)[^()\[\]])*", re.IGNORECASE)
_BEFORE_GUESTS = re.compile(rf"\s(?:{_GUEST_WORDS}|with)\s", re.IGNORECASE)
_NAMES = re.compile(r"\s(?:and|x|vs\.?)\s|[,;&+/]", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")

# Words for another release of the same recording. A part of a title that is ignored has at least one of these words ...
_RELEASES = frozenset(
    {"remaster", "remastered", "remasterizado", "mono", "stereo", "single", "album", "lp", "radio", "original"}
    | {"explicit", "clean", "bonus"}
)
# ... and only these words: a live version, a remix or a karaoke track is another recording.
_IGNORED = _RELEASES | {"version", "edit", "mix", "digital", "digitally", "track", "the"}


def is_same_song(track: Track, artists: Sequence[str], title: str) -> bool:
    """Return whether a title by these artists is the song.

    The comparison ignores case, accents, spaces, punctuation, guest artists and remarks such as "2011 Remaster". All
    other words count: a live version is the song only if the catalogue's title says so, too.
    """
    return _is_by(track.artist, artists) and _title_key(track.title, [track.artist]) == _title_key(title, artists)


def song_key(artist: str, title: str) -> str:
    """Return a key that a song's spellings share: without case, accents, spaces, signs, guest artists and editions."""
    return f"{_key(_BEFORE_GUESTS.split(artist)[0])}|{_title_key(title, [artist])}"


def plain_title(title: str) -> str:
    """Return a title without guests and remarks on the release, as people search for it."""
    return _without_remarks(title, []).strip() or title


def without_remarks(text: str) -> str:
    """Return a text without brackets, and parts after a dash, that name only guests or a release of the recording."""
    return _without_parts(_without_brackets(text, set()), set()).strip() or text


def _is_by(artist: str, artists: Sequence[str]) -> bool:
    """Return whether these artists include the artist. If the name joins several artists, they must include all."""
    offered = {_key(each) for each in artists} | {_key(" ".join(artists))}
    main_artist = _BEFORE_GUESTS.split(artist)[0]
    return not offered.isdisjoint({_key(artist), _key(main_artist)}) or offered.issuperset(_several(main_artist))


def _several(name: str) -> set[str]:
    return {_key(part) for part in _NAMES.split(name) if part.strip()} or {_key(name)}


def _title_key(title: str, artists: Sequence[str]) -> str:
    return _key(_without_remarks(title, artists))


def _without_remarks(title: str, artists: Sequence[str]) -> str:
    artist_words = _words(artists)
    return _without_parts(_LOOSE_GUESTS.sub(" ", _without_brackets(title, artist_words)), artist_words)


def _without_brackets(title: str, artists: set[str]) -> str:
    return _BRACKETS.sub(lambda found: " " if _is_remark(found[1], artists) else found[0], title)


def _without_parts(title: str, artists: set[str]) -> str:
    first, *rest = _DASH.split(title)
    return " - ".join([first, *(part for part in rest if not _is_remark(part, artists))])


def _is_remark(part: str, artists: set[str]) -> bool:
    """Return whether a part of a title names only guests or a release of the same recording."""
    words = normalise(part).split()
    if words[:1] == ["with"]:
        return set(words[1:]) <= artists
    if _GUESTS.match(part.strip()):
        return True
    named = {word for word in words if not _YEAR.fullmatch(word)}
    return bool(named & _RELEASES) and named <= _IGNORED


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in normalise(name).split()}


def _key(name: str) -> str:
    """Return the same key for all spellings of a name: "Guns N' Roses", "Guns and Roses"; "P!nk", "Pink"."""
    words = [word for part in chunks(name) for word in part if word not in ("and", "n")]
    joined = "".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
    return joined or name.casefold().strip()  # "!!!" is a band
