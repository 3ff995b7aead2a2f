"""The words that a person typed to find a song, each with the other spellings that mean the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from recommender.domain.likeness import WORD_LENGTH
from recommender.domain.same_song import without_editions
from recommender.domain.spelling import chunks, telling

_YEAR = r"(?:19|20)\d\d"
_EDITION = re.compile(
    rf"\b(?:(?:{_YEAR}\s+)?(?:digital(?:ly)?\s+)?remaster(?:ed)?(?:\s+version)?(?:\s+{_YEAR})?"
    r"|(?:radio|single|album)\s+(?:edit|version|mix))\b",
    re.IGNORECASE,
)
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ALIKE = (
    *((str(number), word) for number, word in enumerate(_NUMBERS)),
    *(("2", "to"), ("2", "too"), ("4", "for"), ("u", "you"), ("r", "are"), ("ur", "your")),
)
_SPELLINGS: defaultdict[str, set[str]] = defaultdict(set)
for _one, _other in _ALIKE:
    _SPELLINGS[_one].add(_other)
    _SPELLINGS[_other].add(_one)


class TypedWord(NamedTuple):
    """A typed word, and other words that it may be written as: joined with its neighbour, as a number, as a sound."""

    word: str
    spellings: frozenset[str]


def typed_words(text: str) -> list[TypedWord]:
    """Return the words to look for, each once. Connectives such as "and" count only if there are no other words.

    Editions such as "- Remastered 2015" are left out. Initials with points are one word: M.I.A. is mia.
    """
    parts = [_initials(part) for part in chunks(_song_alone(text))]
    words = [word for part in parts for word in part]
    spellings = defaultdict(set, {word: set(_SPELLINGS.get(word, ())) for word in words})
    for run in _joinable(parts, words):
        for word in run:
            spellings[word].add("".join(run)[:WORD_LENGTH])
    wanted = telling(words)
    return [
        TypedWord(word[:WORD_LENGTH], frozenset(spellings[word])) for word in dict.fromkeys(words) if word in wanted
    ]


def _song_alone(text: str) -> str:
    plain = _EDITION.sub(" ", without_editions(text))
    return plain if any(map(str.isalnum, plain)) else text


def _initials(part: Sequence[str]) -> Sequence[str]:
    return ["".join(part)] if all(len(word) == 1 for word in part) else part


def _joinable(parts: Sequence[Sequence[str]], words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the runs of words that may also be written as one word."""
    yield from (part for part in parts if len(part) > 1)
    yield from pairwise(words)
    yield from (list(run) for single, run in groupby(words, key=lambda word: len(word) == 1) if single)
