"""Normalises names without case, accents and punctuation. The ids of songs depend on it, so it must never change."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return the words of a text: only letters and digits, case-folded, without accents, one space between words."""
    plain = text if text.isascii() else without_marks(text)
    return " ".join(_WORD.findall(plain.casefold()))


def without_marks(text: str) -> str:
    """Return a text whose letters have lost their accents and other marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
