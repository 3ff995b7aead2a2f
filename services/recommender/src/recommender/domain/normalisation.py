"""Normalises names for comparison: removes case, accents and punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return a text's words, case-folded and without accents, joined by spaces. A word has only letters and digits."""
    plain = text if text.isascii() else _without_marks(text)
    return " ".join(_WORD.findall(plain.casefold()))


def artist_key(artist: str) -> str:
    """Return the same key for all spellings of an artist. The key of a name like "!!!" is that name."""
    return normalise(artist) or artist.casefold().strip()


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
