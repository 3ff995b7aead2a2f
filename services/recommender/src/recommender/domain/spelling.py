"""Splits names, as people write them, into words that all spellings of a name share."""

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
# P!nk, but not Help!; Ke$ha, Girl$ and $ign, but not $100. "@" and digits seldom stand for a letter.
_LETTER = r"[^\W\d_]"
_I, _S = re.compile(rf"(?<={_LETTER})!(?={_LETTER})"), re.compile(rf"(?<={_LETTER})\$+|\$(?={_LETTER})")
# Thai, Lao, kana and Han have no spaces between words: each character counts as a word.
_UNSPACED = re.compile("([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_WORD = re.compile(r"[^\W_]+")

# Words that some people leave out, or write as a sign or in another way.
CONNECTIVES = frozenset(
    {"and", "n", "und", "y", "et", "the", "by", "x", "vs", "versus", "with", "feat", "ft", "featuring"}
)


def chunks(text: str) -> list[list[str]]:
    """Return the words of each part of a text between spaces: "AC/DC Bäck" gives [[ac, dc], [back]].

    The words are case-folded and without accents and apostrophes. "$" and "!" between letters become "s" and "i".
    """
    parts = (_WORD.findall(part) for part in _plain(text).split())
    return [part for part in parts if part]


def without_connectives(words: Collection[str]) -> set[str]:
    """Return the words that are not connectives, or all words if there are no others."""
    return set(words) - CONNECTIVES or set(words)


def spelling_key(name: str) -> str:
    """Return the same key for all spellings of a name: "The Mamas & the Papas", "Mamas and Papas".

    It has no spaces, no punctuation, no leading "the", and no connectives between words. The key of a name like "!!!"
    is that name.
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
        text = _UNSPACED.sub(r" \1 ", without_marks(text).casefold().translate(_LETTERS))
    return _without_signs(text) if _SIGNS.search(text) else text


def _without_signs(text: str) -> str:
    text = _APOSTROPHES.sub("", _AND.sub(" n ", text))
    return _S.sub(lambda found: "s" * len(found[0]), _I.sub("i", text))
