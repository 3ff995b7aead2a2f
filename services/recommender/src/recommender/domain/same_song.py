"""Compares a provider's song with the catalogue's. A wrong song is worse than none."""

import re
from collections.abc import Iterable, Sequence

from recommender.domain.normalisation import normalise
from recommender.domain.track import Track

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DASH = re.compile(r"\s+[-–—]\s+")
_GUEST_WORDS = r"(?:feat|ft|featuring)\b\.?"
_GUESTS = re.compile(rf"^{_GUEST_WORDS}", re.IGNORECASE)
_LOOSE_GUESTS = re.compile(rf"\s{_GUEST_WORDS}(?:(?!\s[-–—]\s)[^()\[\]])*", re.IGNORECASE)
_BEFORE_GUESTS = re.compile(rf"\s(?:{_GUEST_WORDS}|with)\s", re.IGNORECASE)
_NAMES = re.compile(r"\s(?:and|x|vs\.?)\s|[,;&+/]", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")

# Words for a new edition of the same recording. At least one of these must stand in the part of a title ...
_EDITIONS = frozenset(
    {"remaster", "remastered", "remasterizado", "mono", "stereo", "single", "album", "lp", "radio", "original"}
    | {"explicit", "clean", "bonus"}
)
# ... and no words other than these: a live version, a remix or a karaoke track is another recording.
_BESIDE = _EDITIONS | {"version", "edit", "mix", "digital", "digitally", "track", "the"}


def is_same_song(track: Track, artists: Sequence[str], title: str) -> bool:
    """Return whether a title by these artists is the song.

    The comparison ignores case, accents, spaces, signs, guest artists and editions of the same recording. All other
    words count: a live version is the song only where the catalogue's title says so, too.
    """
    return _is_by(track.artist, artists) and _core(track.title, [track.artist]) == _core(title, artists)


def song_key(artist: str, title: str) -> str:
    """Return a key that a song's spellings share: without case, accents, spaces, signs, guest artists and editions."""
    return f"{_joined(_BEFORE_GUESTS.split(artist)[0])}|{_core(title, [artist])}"


def plain_title(title: str) -> str:
    """Return a title without guests and editions, as people search for it."""
    return _without_editions(title, []).strip() or title


def _is_by(artist: str, artists: Sequence[str]) -> bool:
    """Return whether these artists include the artist. Of a name that joins several artists, all must be included."""
    offered = {_joined(each) for each in artists} | {_joined(" ".join(artists))}
    host = _BEFORE_GUESTS.split(artist)[0]
    return not offered.isdisjoint({_joined(artist), _joined(host)}) or offered.issuperset(_several(host))


def _several(name: str) -> set[str]:
    return {_joined(part) for part in _NAMES.split(name) if part.strip()} or {_joined(name)}


def _core(title: str, artists: Sequence[str]) -> str:
    return _joined(_without_editions(title, artists))


def _without_editions(title: str, artists: Sequence[str]) -> str:
    beside = _words(artists)
    title = _BRACKETS.sub(lambda found: " " if _is_beside_the_song(found[1], beside) else found[0], title)
    first, *rest = _DASH.split(_LOOSE_GUESTS.sub(" ", title))
    return " - ".join([first, *(part for part in rest if not _is_beside_the_song(part, beside))])


def _is_beside_the_song(part: str, artists: set[str]) -> bool:
    """Return whether a part of a title names only guests or an edition."""
    words = normalise(part).split()
    if words[:1] == ["with"]:
        return set(words[1:]) <= artists
    if _GUESTS.match(part.strip()):
        return True
    named = {word for word in words if not _YEAR.fullmatch(word)}
    return bool(named & _EDITIONS) and named <= _BESIDE


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in normalise(name).split()}


def _joined(name: str) -> str:
    """Return a form that all spellings of a name share: "The Mamas & the Papas", "Mamas and the Papas"."""
    words = [word for word in normalise(name).split() if word != "and"]
    spelled = "".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
    return spelled or name.casefold().strip()  # "!!!" is a band
