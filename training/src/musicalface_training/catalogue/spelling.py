"""Names of songs as people spell them: mended, and taken from charts and from listeners' sets where these know them."""

import html
import re
import string
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from recommender.domain.normalisation import normalise
from recommender.domain.same_song import song_key

# Accents as TeX writes them: m"otley, beyonc'e.
_UMLAUT = re.compile(r'(?<=\w)"([aeiouyAEIOUY])')
_COMBINING_DIAERESIS = "\u0308"
# Shorter titles that differ in a letter are often two songs.
_LONG_TITLE = 9


class Name(NamedTuple):
    """The artist and the title of a song."""

    artist: str
    title: str


@dataclass(frozen=True)
class Spellings:
    """Spellings of songs by their keys, and of artists by their joined letters."""

    songs: Mapping[str, Name] = field(default_factory=dict)
    artists: Mapping[str, str] = field(default_factory=dict)


def learn_spellings(names: Iterable[Name]) -> Spellings:
    """Return the first spelling of each song, and the most frequent one of each artist. Lower case teaches nothing."""
    songs: dict[str, Name] = {}
    artists: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.artist != name.artist.lower():
            artists[_letters(name.artist)][name.artist] += 1
            for key in _keys(name):
                songs.setdefault(key, name)
    return Spellings(songs, {key: max(sorted(found), key=found.__getitem__) for key, found in artists.items()})


def respell(name: Name, known: Spellings) -> Name:
    """Return a name without leftovers of HTML and TeX, and with capitals where it has none."""
    mended = Name(mend(name.artist), mend(name.title))
    if mended.artist != mended.artist.lower():
        return mended
    accented = string.capwords(mended.artist) if mended.artist != name.artist else None
    found = (known.songs[key] for key in _keys(mended) if key in known.songs)
    if (spelled := next(found, None)) and _letters(spelled.title) == _letters(mended.title):
        return Name(accented or spelled.artist, spelled.title)
    artist = accented or known.artists.get(_letters(mended.artist)) or string.capwords(mended.artist)
    title = mended.title if mended.title != mended.title.lower() else string.capwords(mended.title)
    return Name(artist, title)


def mend(name: str) -> str:
    """Return a name without HTML entities, and with the accents that TeX marks stand for."""
    text = _UMLAUT.sub(rf"\1{_COMBINING_DIAERESIS}", html.unescape(name))
    return " ".join(unicodedata.normalize("NFC", text).split())


def same_songs(names: Mapping[str, Name]) -> dict[str, str]:
    """Return for each id of a song the id under which it is kept: the first of those that spell the same song.

    Two names are the same song if they have one `song_key`, or if two long titles of one artist differ in one letter.
    """
    kept: dict[str, str] = {}
    first: dict[str, str] = {}
    titles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, name in names.items():
        artist, _, title = song_key(*name).partition("|")
        kept[number] = first.setdefault(f"{artist}|{title}", number)
        if kept[number] == number and len(title) >= _LONG_TITLE:
            titles[artist].append((title, number))
    for found in titles.values():
        for (one, number), (other, twin) in combinations(found, 2):
            if _is_near(one, other):
                kept[twin] = kept[number]
    return {number: kept[kept[number]] for number in kept}


def _is_near(one: str, other: str) -> bool:
    """Return whether two titles differ in one letter that is added, dropped or exchanged, or in a first "a".

    Not in digits, nor in the last letter: "Part I" and "Part II" are two songs.
    """
    if abs(len(one) - len(other)) > 1 or _digits(one) != _digits(other):
        return False
    start = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, rest_of_other = one[start:], other[start:]
    if start == 0:
        return one in (f"a{other}", other[1:]) and "a" in (one[0], other[0])
    inside = len(rest) > 1 and len(rest_of_other) > 1
    return (inside and rest_of_other[1:] in (rest[1:], rest)) or (inside and rest[1:] == rest_of_other)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d", text)


def _keys(name: Name) -> tuple[str, str]:
    """Return the keys under which a song is known: of its spellings, and of its letters, as "keha" for "Ke$ha"."""
    return song_key(*name), f"{_letters(name.artist)}/{_letters(name.title)}"


def _letters(name: str) -> str:
    return normalise(name).replace(" ", "")
