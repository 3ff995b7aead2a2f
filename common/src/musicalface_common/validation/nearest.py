"""The known word that somebody most likely meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

# The least share of common characters (difflib's own default).
ALIKE = 0.6
# The time to compare grows with the length of the words.
COMPARED_CHARACTERS = 64


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like a word in any case, None where none is.

    Of two that are equally alike, the one that begins like the word: `deu` is rather `de` than `eu`.
    """
    typed = word[:COMPARED_CHARACTERS].casefold()
    spellings = {each.casefold(): each for each in known}
    close = get_close_matches(typed, spellings, n=8, cutoff=ALIKE)
    best = max(close, key=lambda each: (_likeness(typed, each), each.startswith(typed[:1])), default=None)
    return None if best is None else spellings[best]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that names the nearest known word, or an empty string where none is near."""
    near = nearest(word, known)
    return "" if near is None else f" (did you mean {near}?)"


def _likeness(typed: str, known: str) -> float:
    return SequenceMatcher(None, known, typed).ratio()
