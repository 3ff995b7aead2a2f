"""Names as they are compared: without case, accents or punctuation."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def normalise(text: str) -> str:
    """Return the words of a text, letters and digits alone, case-folded, without accents, single-spaced."""
    plain = text if text.isascii() else _without_marks(text)
    return " ".join(_WORD.findall(plain.casefold()))


def artist_key(artist: str) -> str:
    """Return what two spellings of one artist share; "!!!" is a band, too, and keeps its own."""
    return normalise(artist) or artist.casefold().strip()


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if unicodedata.category(character)[0] != "M")
