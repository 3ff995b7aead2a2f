"""Names of artists and titles, made comparable."""

import hashlib
import re
import unicodedata

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def normalise(name: str) -> str:
    """Keep letters and digits, case-folded and without accents, and single spaces between them."""
    parts = unicodedata.normalize("NFKD", name)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    return _NEITHER_LETTER_NOR_DIGIT.sub(" ", plain).strip()


def song_id(artist: str, title: str) -> str:
    """Return the 12 hex digits that name a song, whatever the spelling of its artist and title."""
    name = f"{normalise(artist)}\n{normalise(title)}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]
