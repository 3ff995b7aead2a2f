"""Compares a typed word with the words of songs: first by shared trigrams, then by similarity."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import ceil

from recommender.domain.normalisation import normalise

# In percent. With 80, a word of five letters may have one wrong letter and a word of four none: live is not love.
MIN_SIMILARITY = 80
# Longer words are cut.
WORD_LENGTH = 64
_CHARACTER_BITS = 21


def words_of(text: str) -> set[str]:
    """Return the normalised words of a text. Words with punctuation are also joined: AC/DC gives ac, dc and acdc."""
    parts = [normalise(part) for part in text.split()]
    found = {word for part in parts for word in (*part.split(), part.replace(" ", ""))}
    return {word[:WORD_LENGTH] for word in found if word}


def typed_words(text: str) -> list[str]:
    """Return the words of a search text, each once. Everything except letters and digits separates words."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in normalise(text).split()))


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


def similarities(typed: str, known: Iterable[str]) -> Iterator[int]:
    """Yield the similarity of each known word to a typed word in percent: 100 if equal, 0 if below MIN_SIMILARITY.

    It is the share of common characters (Ratcliff & Metzener 1988). A known word that contains the typed word keeps
    a similarity below MIN_SIMILARITY.
    """
    matcher = SequenceMatcher(None, "", typed, autojunk=False)
    for word in known:
        if typed in word:
            yield 200 * len(typed) // (len(typed) + len(word))
        else:
            matcher.set_seq1(word)
            yield _similarity(matcher)


def _similarity(matcher: "SequenceMatcher[str]") -> int:
    # Cheap upper bounds first, as in difflib.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return int(100 * matcher.ratio()) if all(100 * bound() >= MIN_SIMILARITY for bound in bounds) else 0


def highest_similarity(text: str | None) -> int:
    """Return the highest similarity that a song can have to a search text: 100 for each word, 0 without a text."""
    return 100 * len(typed_words(text or ""))


def _code(trigram: str) -> int:
    code = 0
    for character in trigram:
        code = code << _CHARACTER_BITS | ord(character)
    return code
