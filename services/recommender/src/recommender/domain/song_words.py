"""The words of a song for the search, and the place of each: artist, title, or beside both."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from recommender.domain.likeness import WORD_LENGTH
from recommender.domain.spelling import CONNECTIVES, chunks, telling

_GUESTS = re.compile(r"[\s(\[](?:feat|ft|featuring)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


class NameWords(NamedTuple):
    """The words of a name and the number of its letters, without connectives such as "and" if there are other words."""

    words: set[str]
    letters: int


class SongWords(NamedTuple):
    """The words of a song, of its artist without guests, and of its title without guests and brackets."""

    all: set[str]
    artist: NameWords
    title: NameWords


def words_of_song(artist: str, title: str) -> SongWords:
    """Return the words of a song. Words with signs inside also count as one: AC/DC is ac, dc and acdc."""
    host, core = chunks(_GUESTS.split(artist, maxsplit=1)[0]), chunks(_core(title))
    found = {*_forms(host), *_pairs(host), *_forms(core), *_forms(chunks(f"{artist} {title}"))}
    return SongWords(found, _name(host, {*_forms(host), *_pairs(host)}), _name(core, set(_forms(core))))


def _core(title: str) -> str:
    """Return a title without guests and brackets, or the title where nothing else is left."""
    if not ("(" in title or "[" in title):
        return title
    core = _GUESTS.split(_BRACKETS.sub(" ", title), maxsplit=1)[0]
    return core if any(map(str.isalnum, core)) else title


def _name(parts: Sequence[Sequence[str]], forms: set[str]) -> NameWords:
    joined = {"".join(part) for part in parts}
    # A name of signs, such as "?", is no less than a letter.
    return NameWords(telling(forms), sum(map(len, telling(joined))) or 1)


def _forms(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the words; those of each part as one word; and initials as one word, as in U. S. A."""
    words = [word for part in parts for word in part]
    yield from (word[:WORD_LENGTH] for word in words)
    yield from ("".join(part)[:WORD_LENGTH] for part in parts if len(part) > 1)
    for single, run in groupby(words, key=lambda word: len(word) == 1 and word.isascii()):
        if single and len(initials := "".join(run)) > 1:
            yield initials[:WORD_LENGTH]


def _pairs(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield two words of an artist as one where people do: Jay Z, Sum 41."""
    words = [word for part in parts for word in part if word not in CONNECTIVES]
    for first, second in pairwise(words):
        if len(first) == 1 or len(second) == 1 or first.isdigit() or second.isdigit():
            yield f"{first}{second}"[:WORD_LENGTH]
