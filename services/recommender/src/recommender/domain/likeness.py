"""Compares a typed word with the words of songs: by shared trigrams, then by likeness."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import ceil

# Of a typed word that so many songs hold, the least likeness of 100 to another word. A word that no song holds is an
# error: one of four letters may be wrong. A word that many hold hardly is: right is not night.
_FORGIVEN = {0: 75, 1: 80, 10: 85}
# Longer words are cut.
WORD_LENGTH = 64
_CHARACTER_BITS = 21


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


def least_likeness(songs: int) -> int:
    """Return the least likeness to another word that is forgiven of a typed word that this many songs hold."""
    return max(least for held, least in _FORGIVEN.items() if songs >= held)


def swapped(word: str) -> set[str]:
    """Return the words that swap two neighbouring letters of a word of three to five letters.

    They share too few trigrams with it. In longer words the likeness forgives a swap.
    """
    if not 3 <= len(word) <= 5:
        return set()
    return {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}


def likenesses(typed: str, known: Iterable[str], forgiven: int) -> Iterator[int]:
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
            yield _forgiven(matcher, forgiven)


def _forgiven(matcher: "SequenceMatcher[str]", least: int) -> int:
    # Cheap upper bounds first, as in difflib.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return int(100 * matcher.ratio()) if all(100 * bound() >= least for bound in bounds) else 0


def _code(trigram: str) -> int:
    code = 0
    for character in trigram:
        code = code << _CHARACTER_BITS | ord(character)
    return code
