"""Normalises names for comparison: without case, accents and punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return the words of a text: only letters and digits, case-folded, without accents, one space between words."""
    plain = text if text.isascii() else _without_marks(text)
    return " ".join(_WORD.findall(plain.casefold()))


def artist_key(artist: str) -> str:
    """Return a form that all spellings of an artist share. A name without letters, such as "!!!", stays as it is."""
    return normalise(artist) or artist.casefold().strip()


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
