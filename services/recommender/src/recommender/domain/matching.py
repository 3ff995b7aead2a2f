"""How a typed word is recognised among the words of songs: by shared trigrams, then by likeness."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from math import ceil

from recommender.domain.text import normalise

# Of 100. A word of five letters may have one wrong, one of four none: live and love are two words.
FORGIVEN = 80
# The rest of a longer word tells nothing more.
WORD_LENGTH = 64
_CHARACTER_BITS = 21


def words(text: str) -> set[str]:
    """Return the normalised words of a text, also what signs part as one: "AC/DC" gives ac, dc and acdc."""
    parts = [normalise(part) for part in text.split()]
    found = {word for part in parts for word in (*part.split(), part.replace(" ", ""))}
    return {word[:WORD_LENGTH] for word in found if word}


def typed_words(text: str) -> list[str]:
    """Return the words to look for, each once. Signs part them: they are letters and digits alone."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in normalise(text).split()))


def trigrams(word: str) -> set[int]:
    """Return the runs of three characters around a word, as 63-bit numbers.

    The word is a ring closed by a space: its last and first letter are neighbours, too. They survive what a typing
    error in a short word leaves nothing of.
    """
    ring = f" {word} {word[0]}"
    return {_code(ring[start : start + 3]) for start in range(len(word) + 1)}


def shared_at_least(count: int) -> int:
    """Return how many of a word's `count` trigrams a like word has: a third. A single letter is but itself."""
    return 2 if count == 2 else ceil(count / 3)


def likenesses(typed: str, known: Iterable[str]) -> Iterator[int]:
    """Return how well each known word answers a typed one: 100 if equal, less if it contains it or is like it, else 0.

    Between them it is the share of common characters in percent (Ratcliff & Metzener 1988).
    """
    matcher = SequenceMatcher(None, "", typed, autojunk=False)
    for word in known:
        if typed in word:
            yield 200 * len(typed) // (len(typed) + len(word))
        else:
            matcher.set_seq1(word)
            yield _forgiven(matcher)


def _forgiven(matcher: "SequenceMatcher[str]") -> int:
    # The cheap bounds first, as difflib itself does.
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return int(100 * matcher.ratio()) if all(100 * bound() >= FORGIVEN for bound in bounds) else 0


def highest_likeness(text: str | None) -> int:
    """Return the likeness of songs that hold all words of a text; no text asks for none."""
    return 100 * len(typed_words(text or ""))


def _code(trigram: str) -> int:
    code = 0
    for character in trigram:
        code = code << _CHARACTER_BITS | ord(character)
    return code
