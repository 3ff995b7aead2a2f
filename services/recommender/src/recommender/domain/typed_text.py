"""The words of a search text, each with the other spellings of the same word."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from recommender.domain.same_song import without_remarks
from recommender.domain.similarity import WORD_LENGTH
from recommender.domain.spelling import chunks, without_connectives

_YEAR = r"(?:19|20)\d\d"
_REMARK = re.compile(
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
    """A typed word and its other spellings: joined with its neighbours, as a number, by its sound."""

    word: str
    spellings: frozenset[str]


def typed_words(text: str) -> list[TypedWord]:
    """Return the words to search for, each once. Connectives such as "and" are left out if there are other words.

    Remarks such as "- Remastered 2015" are left out. Initials with full stops are one word: M.I.A. is mia.
    """
    parts = [_initials(part) for part in chunks(_without_remarks(text))]
    words = [word[:WORD_LENGTH] for part in parts for word in part]
    spellings = {word: set(_SPELLINGS.get(word, ())) for word in words}
    for run in _joinable(parts, words):
        for word in run:
            spellings[word].add("".join(run)[:WORD_LENGTH])
    kept = without_connectives(words)
    return [TypedWord(word, frozenset(spellings[word])) for word in dict.fromkeys(words) if word in kept]


def _without_remarks(text: str) -> str:
    rest = _REMARK.sub(" ", without_remarks(text))
    return rest if any(map(str.isalnum, rest)) else text


def _initials(part: Sequence[str]) -> Sequence[str]:
    return ["".join(part)] if all(len(word) == 1 for word in part) else part


def _joinable(parts: Sequence[Sequence[str]], words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the runs of words that people also write as one word."""
    yield from ([word[:WORD_LENGTH] for word in part] for part in parts if len(part) > 1)
    yield from pairwise(words)
    yield from (list(run) for single, run in groupby(words, key=lambda word: len(word) == 1) if single)
