"""Normalises names: removes case, accents and punctuation. The ids of songs depend on it, so it must never change."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return a text's words, case-folded and without accents, joined by spaces. A word has only letters and digits."""
    plain = text if text.isascii() else without_marks(text)
    return " ".join(_WORD.findall(plain.casefold()))


def without_marks(text: str) -> str:
    """Return a text without accents and other marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
