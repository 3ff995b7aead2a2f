"""The words by which a search finds a song, and whether they belong to its artist or its title."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from recommender.domain.similarity import WORD_LENGTH
from recommender.domain.spelling import CONNECTIVES, chunks, without_connectives

_GUESTS = re.compile(r"[\s(\[](?:feat|ft|featuring)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")


class NameWords(NamedTuple):
    """The words of a name and the number of its letters, both without connectives if there are other words."""

    words: set[str]
    letters: int


class SongWords(NamedTuple):
    """The words of a song, of its artist without guests, and of its title without guests and brackets."""

    all: set[str]
    artist: NameWords
    title: NameWords


def words_of_song(artist: str, title: str) -> SongWords:
    """Return the words of a song. Words with punctuation are also joined: AC/DC gives ac, dc and acdc."""
    main_artist, main_title = chunks(_GUESTS.split(artist, maxsplit=1)[0]), chunks(_without_brackets(title))
    artist_words, title_words = {*_words(main_artist), *_pairs(main_artist)}, set(_words(main_title))
    found = artist_words | title_words | set(_words(chunks(f"{artist} {title}")))
    return SongWords(found, _name_words(main_artist, artist_words), _name_words(main_title, title_words))


def _without_brackets(title: str) -> str:
    """Return a title without guests and brackets, or the whole title if nothing else is left."""
    if not ("(" in title or "[" in title):
        return title
    rest = _GUESTS.split(_BRACKETS.sub(" ", title), maxsplit=1)[0]
    return rest if any(map(str.isalnum, rest)) else title


def _name_words(parts: Sequence[Sequence[str]], words: set[str]) -> NameWords:
    joined = without_connectives({"".join(part) for part in parts})
    # A name without letters, such as "?", counts as one letter.
    return NameWords(without_connectives(words), sum(map(len, joined)) or 1)


def _words(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield all words, the words of each part joined, and initials joined, as in U. S. A."""
    words = [word for part in parts for word in part]
    yield from (word[:WORD_LENGTH] for word in words)
    yield from ("".join(part)[:WORD_LENGTH] for part in parts if len(part) > 1)
    for single, run in groupby(words, key=lambda word: len(word) == 1 and word.isascii()):
        if single and len(initials := "".join(run)) > 1:
            yield initials[:WORD_LENGTH]


def _pairs(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield pairs of an artist's words that people also write as one word: Jay Z, Sum 41."""
    words = [word for part in parts for word in part if word not in CONNECTIVES]
    for first, second in pairwise(words):
        if len(first) == 1 or len(second) == 1 or first.isdigit() or second.isdigit():
            yield f"{first}{second}"[:WORD_LENGTH]
