"""Artist names and titles without the notes and file name marks that their sources add."""

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
    """Drop notes on the recording, as "[*]", "(Album Version)", "- 2009 Remaster", which do not name another song."""
    return _strip(_plain(title), (_NOTE, _TAIL))


def clean_artist(artist: str, known: Collection[str] = ()) -> str:
    """Drop marks that distinguish namesakes, as "[1]", and turn "Dylan, Bob" and "Cult, The" round.

    "Last, First" is turned round if it had such a mark, since a source that marks names also sorts them, or if the
    result is among `known` (normalised). "Earth, Wind & Fire" stays as it is.
    """
    name = _plain(artist)
    bare = _strip(name, (_TAG,))
    last, comma, first = bare.partition(", ")
    turned = f"{first} {last}"
    return turned if comma and (first == "The" or bare != name or normalise(turned) in known) else bare


def _plain(name: str) -> str:
    """Replace characters that file systems and web pages put into a name, and drop invisible ones."""
    visible = "".join(character for character in name if unicodedata.category(character) != "Cf")
    spelled = visible.replace("\u2215", "/").replace("_ ", ", ")
    if "_" in spelled and spelled == spelled.lower():
        spelled = spelled.replace("_", " ")
    return " ".join(spelled.split())


def _strip(name: str, patterns: Collection[re.Pattern[str]]) -> str:
    """Drop matching endings until none is left, but never the whole name."""
    for pattern in patterns:
        shorter = pattern.sub("", name).rstrip()
        if shorter and shorter != name:
            return _strip(shorter, patterns)
    return name
