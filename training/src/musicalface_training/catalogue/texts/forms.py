"""Texts that are no lyrics, found by their form: lists, award and chart pages, essays, index cards, chatter of pages.

Lyrics speak of I and you, repeat themselves and begin few words with a capital. Lists do the opposite.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recommender.domain.normalisation import normalise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED = re.compile(r"\(?\d{1,3}\s?[.)\]:-]\s*\S")
_PAIR = re.compile(r"\S\s+[-–—]+\s+\S|\w[-–—]\s+[\"A-Z]|^[\"“][^\"”]+[\"”],? ")
_INDEX = re.compile(r"\s*(?:Unknown\s*\n\s*Miscellaneous|[A-Z][\w ]+, The\s*\n)")
_SENTENCE = re.compile(r"[a-z]\.[\"”]?\s+[A-Z]")
_CAPITAL = re.compile(r"[A-Z]")
_CARD = re.compile(r"\s*_{6,}")
_HEADING = re.compile(
    r"\bLyrics\s?[\d#*]|\bplaylist\b|\btrack ?list|\bdiscography|\bset ?list\b|\bnominees?\b|\bwinners are\b"
    r"|\bmost (?:viewed|streamed)\b|\btranscriptions?\b|\bmixtape\b|\bwikipedia\b|\bsubscribe\b",
    re.IGNORECASE,
)
_SPEAKERS = frozenset(
    [
        *("i", "me", "my", "mine", "you", "your", "yours", "we", "us", "our", "ya", "u", "let's", "don't"),
        *("i'm", "i'll", "i've", "i'd", "you're", "you'll", "you've"),
    ]
)
_JOINTS = frozenset(
    ["the", "of", "in", "by", "and", "to", "a", "for", "on", "was", "is", "at", "from", "with", "as", "that"]
)
# Shares of the characters: with fewer capitals a text is no list, with fewer ends of sentences no story.
_FEW_CAPITALS = 0.05
_MANY_SENTENCES = 0.006
# The words before which two texts must differ, and the letters in which two titles must.
_SAME_WORDS = 60
_SAME_LETTERS = 10


class Form(NamedTuple):
    """The form of a text: counts, and shares of its words or lines from 0 to 1."""

    words: int
    lines: int
    words_a_line: float
    capitals: float
    speakers: float
    joints: float
    different: float
    numbers: float
    years: int
    numbered: float
    pairs: float


def form_of(text: str) -> Form:
    """Return the form of a text."""
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    lower = [word.lower() for word in words]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    count, rows = max(1, len(words)), max(1, len(lines))
    return Form(
        words=len(words),
        lines=len(lines),
        words_a_line=count / rows,
        capitals=sum(word[0].isupper() for word in words) / count,
        speakers=sum(word in _SPEAKERS for word in lower) / count,
        joints=sum(word in _JOINTS for word in lower) / count,
        different=len(set(lower)) / count,
        numbers=len(_NUMBER.findall(text)) / count,
        years=len(set(_YEAR.findall(text))),
        numbered=sum(bool(_NUMBERED.match(line)) for line in lines) / rows,
        pairs=sum(bool(_PAIR.search(line)) for line in lines) / rows,
    )


def is_lyrics(text: str) -> bool:
    """Return whether a text has the form of lyrics."""
    if _CARD.match(text) or _INDEX.match(text):
        return False
    if len(_CAPITAL.findall(text)) < _FEW_CAPITALS * len(text):
        return not _is_prose(text)
    form = form_of(text)
    named = 0.5 < form.capitals < 0.97
    signs = (
        form.lines >= 8 and form.numbered > 0.4 and form.speakers < 0.11,
        form.lines >= 6 and form.pairs > 0.6 and form.capitals > 0.5,
        named and form.speakers < 0.06 and form.different > 0.42 and form.words >= 60 and form.joints > 0,
        form.years >= 5 and form.capitals > 0.4 and form.numbers > 0.04,
        bool(_HEADING.search(text[:300])) and form.capitals > 0.45 and form.speakers < 0.1,
    )
    return not any(signs)


def _is_prose(text: str) -> bool:
    """Return whether a text is a story: sentences in long lines without I and you, and without repeats."""
    if len(_SENTENCE.findall(text)) < _MANY_SENTENCES * len(text):
        return False
    form = form_of(text)
    return form.lines >= 3 and form.words_a_line > 11 and form.speakers < 0.03 and form.different > 0.5


def borrowed_texts(titles: Sequence[str], artists: Sequence[str], texts: Sequence[str]) -> list[bool]:
    """Return for each song whether its text was looked up by words of its title, and stands at other artists', too.

    That is a text of songs of two titles; or of three artists, or of two at an artist with several such texts, where
    most texts of the artist are at others', too: a recording without words of a song that others sing.
    """
    groups: Mapping[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        groups[" ".join(normalise(text).split()[:_SAME_WORDS])].append(row)
    names = [normalise(artist) for artist in artists]
    at = {row: rows for rows in groups.values() if len({names[row] for row in rows}) > 1 for row in rows}
    own, others = Counter(names), Counter(names[row] for row in at)

    def is_borrowed(row: int) -> bool:
        name, rows = names[row], at.get(row, [])
        if len({_beginning(titles[other]) for other in rows}) > 1:
            return True
        several = len({names[other] for other in rows}) > 2 or others[name] > 1
        return several and 2 * others[name] > own[name]

    return [is_borrowed(row) for row in range(len(texts))]


def _beginning(title: str) -> str:
    return normalise(title).replace(" ", "")[:_SAME_LETTERS]
