"""Names of artists and titles without what their sources left in them."""

import re
import unicodedata
from collections.abc import Collection

from recommender.domain.normalisation import normalise

_TAG = re.compile(r"\s*\[[^\[\]]*\]$")
_SAME_RECORDING = r"""
    [*\#] | take | version | edit | edited | album | lyrics
  | (?:explicit|clean|amended|single|full|original|mono)(?:\ (?:album|lp))?(?:\ (?:version|mix))?
  | [^()\[\]]*\b(?:album|lp)\ version
  | [^()\[\]]*\bre-?master(?:ed)?\b[^()\[\]]*
"""
_NOTE = re.compile(rf"\s*(?:\((?:\s*(?:{_SAME_RECORDING})\s*)\)|\[(?:\s*(?:{_SAME_RECORDING})\s*)\])$", re.I | re.X)
_TAIL = re.compile(r"\s+(?:-\s+(?:\d{4}\s+)?remaster(?:ed)?(?:\s+version)?|-|lyrics)$", re.I)


def clean_title(title: str) -> str:
    """Drop notes on the recording that do not make it another song: "[*]", "(Album Version)", "- 2009 Remaster"."""
    return _strip(_plain(title), (_NOTE, _TAIL))


def clean_artist(artist: str, known: Collection[str] = ()) -> str:
    """Drop numbers that tell namesakes apart ("[1]"), and put "Dylan, Bob" and "Cult, The" in their order.

    A name is turned round where it had such a number, since who numbers names sorts them, too, and where the outcome is
    among `known` (normalised): "Earth, Wind & Fire" is not.
    """
    name = _plain(artist)
    bare = _strip(name, (_TAG,))
    last, comma, first = bare.partition(", ")
    turned = f"{first} {last}"
    return turned if comma and (first == "The" or bare != name or normalise(turned) in known) else bare


def _plain(name: str) -> str:
    """Undo what file systems and web pages did to a name."""
    visible = "".join(character for character in name if unicodedata.category(character) != "Cf")
    spelled = visible.replace("\u2215", "/").replace("_ ", ", ")
    if "_" in spelled and spelled == spelled.lower():
        spelled = spelled.replace("_", " ")
    return " ".join(spelled.split())


def _strip(name: str, patterns: Collection[re.Pattern[str]]) -> str:
    """Drop endings until there is none left, but never the whole name."""
    for pattern in patterns:
        shorter = pattern.sub("", name).rstrip()
        if shorter and shorter != name:
            return _strip(shorter, patterns)
    return name
