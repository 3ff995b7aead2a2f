"""Compares a typed word with the words of songs: by shared trigrams, then by likeness."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import ceil

from recommender.domain.normalisation import normalise

# Least likeness of 100. A word of five letters may have one wrong letter, one of four none: live is not love.
FORGIVEN = 80
# Longer words are cut.
WORD_LENGTH = 64
_CHARACTER_BITS = 21


def words(text: str) -> set[str]:
    """Return the normalised words of a text. Words that signs separate also count as one: AC/DC is ac, dc and acdc."""
    parts = [normalise(part) for part in text.split()]
    found = {word for part in parts for word in (*part.split(), part.replace(" ", ""))}
    return {word[:WORD_LENGTH] for word in found if word}


def typed_words(text: str) -> list[str]:
    """Return the words to look for, each once. Signs separate words, which consist of letters and digits."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in normalise(text).split()))


def trigrams(word: str) -> set[int]:
    """Return all runs of three characters in a word as 63-bit numbers.

    The word is read as a ring that a space closes, so that its last and first letter are neighbours. A short word with
    a typing error still shares these runs.
    """
    ring = f" {word} {word[0]}"
    return {_code(ring[start : start + 3]) for start in range(len(word) + 1)}


def shared_at_least(count: int) -> int:
    """Return how many of a word's `count` trigrams a similar word must share: a third, and both of a single letter."""
    return 2 if count == 2 else ceil(count / 3)


def likenesses(typed: str, known: Iterable[str]) -> Iterator[int]:
    """Return the likeness of each known word to a typed word: 100 where equal, 0 where not similar.

    In between it is the share of common characters in percent (Ratcliff & Metzener 1988). A known word that contains
    the typed word is always similar.
    """
    matcher = SequenceMatcher(None, "", typed, autojunk=False)
    for word in known:
        if typed in word:
            yield 200 * len(typed) // (len(typed) + len(word))
        else:
            matcher.set_seq1(word)
            yield _forgiven(matcher)


def _forgiven(matcher: "SequenceMatcher[str]") -> int:
    # Cheap upper bounds first, as in difflib.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return int(100 * matcher.ratio()) if all(100 * bound() >= FORGIVEN for bound in bounds) else 0


def highest_likeness(text: str | None) -> int:
    """Return the likeness of a song that holds all words of a text exactly, 0 without a text."""
    return 100 * len(typed_words(text or ""))


def _code(trigram: str) -> int:
    code = 0
    for character in trigram:
        code = code << _CHARACTER_BITS | ord(character)
    return code
