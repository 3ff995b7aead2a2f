"""Compares a typed word with the words of songs: first by shared trigrams, then by similarity."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import ceil

# The minimum similarity to a typed word in percent, by the number of songs that contain the typed word. A word of no
# song is an error: of four letters, one may be wrong. A word of many songs hardly is one: right is not night.
_MIN_SIMILARITY = {0: 75, 1: 80, 10: 85}
# Longer words are cut.
WORD_LENGTH = 64
_CHARACTER_BITS = 21


def trigrams_of(word: str) -> set[int]:
    """Return all runs of three characters in a word, each run encoded as a 63-bit integer.

    A space precedes the word; a space and the first letter follow it, so the last run is last letter, space, first
    letter. Even a short word with a typing error often shares this run with the correct word.
    """
    padded = f" {word} {word[0]}"
    return {_code(padded[start : start + 3]) for start in range(len(word) + 1)}


def min_shared(count: int) -> int:
    """Return how many of a word's `count` trigrams a similar word must share: a third, rounded up, but 2 out of 2."""
    return 2 if count == 2 else ceil(count / 3)


def min_similarity(songs: int) -> int:
    """Return the minimum similarity, in percent, to a typed word that this many songs contain."""
    return max(percent for count, percent in _MIN_SIMILARITY.items() if songs >= count)


def swapped(word: str) -> set[str]:
    """Return the words that result from swapping two neighbouring letters in a word of three to five letters.

    They share too few trigrams with the word. Longer words are similar enough in spite of a swap.
    """
    if not 3 <= len(word) <= 5:
        return set()
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}


def similarities(typed: str, known: Iterable[str], minimum: int) -> Iterator[int]:
    """Yield the similarity of each known word to a typed word in percent: 100 if equal, 0 if below `minimum`.

    It is the share of common characters (Ratcliff & Metzener 1988). A known word that contains the typed word keeps
    a similarity below the minimum.
    """
    matcher = SequenceMatcher(None, "", typed, autojunk=False)
    for word in known:
        if typed in word:
            yield 200 * len(typed) // (len(typed) + len(word))
        else:
            matcher.set_seq1(word)
            yield _similarity(matcher, minimum)


def _similarity(matcher: "SequenceMatcher[str]", minimum: int) -> int:
    # Cheap upper bounds first, as in difflib.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return int(100 * matcher.ratio()) if all(100 * bound() >= minimum for bound in bounds) else 0


def _code(trigram: str) -> int:
    code = 0
    for character in trigram:
        code = code << _CHARACTER_BITS | ord(character)
    return code
