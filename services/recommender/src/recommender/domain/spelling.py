"""Reads names as people write them: the words that all spellings of a name share."""

import re
from collections.abc import Collection

from recommender.domain.normalisation import without_marks

# Letters that Unicode does not decompose into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_APOSTROPHE = "['’‘ʼ`´′]"
_SIGNS = re.compile(rf"{_APOSTROPHE}|[$!]")
# Rock 'n' Roll, Rock'n Roll, Guns N' Roses
_AND = re.compile(rf"{_APOSTROPHE}n\b{_APOSTROPHE}?|\bn{_APOSTROPHE}")
_APOSTROPHES = re.compile(_APOSTROPHE)
# P!nk, but not Help!; Ke$ha, Girl$ and $ign, but not $100. "@" and digits mean too many other things.
_LETTER = r"[^\W\d_]"
_I, _S = re.compile(rf"(?<={_LETTER})!(?={_LETTER})"), re.compile(rf"(?<={_LETTER})\$+|\$(?={_LETTER})")
# Characters of scripts that do not part words (Thai, Lao, kana, Han) count as words.
_UNPARTED = re.compile("([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_WORD = re.compile(r"[^\W_]+")

# Words that one spelling of a name has and another one leaves out or writes as a sign.
CONNECTIVES = frozenset(
    {"and", "n", "und", "y", "et", "the", "by", "x", "vs", "versus", "with", "feat", "ft", "featuring"}
)


def chunks(text: str) -> list[list[str]]:
    """Return the words of each part of a text between spaces: "AC/DC Bäck" is [[ac, dc], [back]].

    Words are in small letters without accents and apostrophes; "$" and "!" inside them are the letters they stand for.
    """
    parts = (_WORD.findall(part) for part in _plain(text).split())
    return [part for part in parts if part]


def telling(words: Collection[str]) -> set[str]:
    """Return the words without connectives, or all words if there are no others."""
    return set(words) - CONNECTIVES or set(words)


def spelling_key(name: str) -> str:
    """Return a form that all spellings of a name share: "The Mamas & the Papas", "Mamas and Papas".

    Spaces, signs, a leading "the", and connectives between words are left out. A name of signs, such as "!!!", stays.
    """
    words = [word for part in chunks(name) for word in part]
    if words[:1] == ["the"] and len(words) > 1:
        del words[0]
    last = len(words) - 1
    kept = (word for place, word in enumerate(words) if place in (0, last) or word not in CONNECTIVES)
    return "".join(kept) or name.casefold().strip()


def _plain(text: str) -> str:
    if text.isascii():
        text = text.casefold()
    else:
        text = _UNPARTED.sub(r" \1 ", without_marks(text).casefold().translate(_LETTERS))
    return _without_signs(text) if _SIGNS.search(text) else text


def _without_signs(text: str) -> str:
    text = _APOSTROPHES.sub("", _AND.sub(" n ", text))
    return _S.sub(lambda found: "s" * len(found[0]), _I.sub("i", text))
