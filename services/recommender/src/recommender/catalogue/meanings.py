"""Finds what a person may have meant by each typed word: the words of the catalogue that are like it."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from recommender.catalogue.tables import trigrams, words
from recommender.domain.likeness import least_likeness, likenesses, shared_at_least, swapped
from recommender.domain.likeness import trigrams as trigrams_of
from recommender.domain.typed_text import TypedWord

# The most meanings of one typed word.
MEANINGS = 16
# The likeness of another spelling of the typed word, and of a word that differs by a swap of two letters.
SPELLING, SWAPPED = 95, 80

_WORD = (words.c.number, words.c.word, words.c.songs)
_SHARING = (
    select(trigrams.c.word)
    .where(trigrams.c.edition == bindparam("edition"), trigrams.c.trigram.in_(bindparam("runs", expanding=True)))
    .group_by(trigrams.c.word)
    .having(func.count() >= bindparam("least"))
    .subquery("sharing")
)
_CANDIDATES = select(*_WORD).join(
    _SHARING, (words.c.edition == bindparam("edition")) & (words.c.number == _SHARING.c.word)
)
# `+ 0`, or SQLite reads all words of the edition by the primary key instead of some by the index.
_SPELLED = select(*_WORD).where(
    words.c.edition + 0 == bindparam("edition"), words.c.word.in_(bindparam("spelled", expanding=True))
)


class Word(NamedTuple):
    """A word of the catalogue, and the number of songs that hold it."""

    number: int
    word: str
    songs: int


class Meanings(NamedTuple):
    """The meanings of a typed word of so many letters: likeness in percent by number, and how many songs hold one."""

    letters: int
    words: Mapping[int, int]
    songs: int


def meanings(connection: Connection, edition: int, typed: Sequence[TypedWord]) -> list[Meanings]:
    """Return the meanings of each typed word. Two words that were typed as one count as two."""
    spelled = chain.from_iterable({each.word, *each.spellings, *swapped(each.word)} for each in typed)
    known = _spelled(connection, edition, spelled)
    found = []
    for each in typed:
        meant = _meanings(connection, edition, each, known)
        found += [meant] if meant.songs else _halves(connection, edition, each.word) or [meant]
    return found


def _meanings(connection: Connection, edition: int, typed: TypedWord, known: Mapping[str, Word]) -> Meanings:
    songs = known[typed.word].songs if typed.word in known else 0
    similar = _similar(connection, edition, typed.word, least_likeness(songs))
    swaps = swapped(typed.word) if not songs else ()
    spelled = {known[word]: SWAPPED for word in swaps if word in known}
    spelled |= {known[word]: SPELLING for word in typed.spellings if word in known and word != typed.word}
    return _best(typed.word, spelled | similar)


def _similar(connection: Connection, edition: int, typed: str, forgiven: int) -> dict[Word, int]:
    """Return the words that share enough trigrams with a typed word, with their likeness."""
    runs = trigrams_of(typed)
    sharing = {"edition": edition, "runs": sorted(runs), "least": shared_at_least(len(runs))}
    found = [Word(*row) for row in connection.execute(_CANDIDATES, sharing).all()]
    alike = zip(found, likenesses(typed, (word.word for word in found), forgiven), strict=True)
    return {word: likeness for word, likeness in alike if likeness}


def _best(typed: str, alike: Mapping[Word, int]) -> Meanings:
    meant = sorted(alike.items(), key=lambda item: (-item[1], -item[0].songs, item[0].number))[:MEANINGS]
    return Meanings(len(typed), {word.number: score for word, score in meant}, sum(word.songs for word, _ in meant))


def _halves(connection: Connection, edition: int, typed: str) -> list[Meanings]:
    """Return the meanings of the two words that make up a typed word, as in daftpunk, or none."""
    cuts = [(typed[:at], typed[at:]) for at in range(2, len(typed) - 1)]
    known = _spelled(connection, edition, chain.from_iterable(cuts))
    pairs = [(known[first], known[second]) for first, second in cuts if first in known and second in known]
    best = max(pairs, key=lambda pair: min(word.songs for word in pair), default=())
    return [Meanings(len(word.word), {word.number: 100}, word.songs) for word in best]


def _spelled(connection: Connection, edition: int, spelled: Iterable[str]) -> Mapping[str, Word]:
    """Return the words of the catalogue that are spelled like this."""
    found = connection.execute(_SPELLED, {"edition": edition, "spelled": sorted(set(spelled))})
    return {row.word: Word(*row) for row in found.all()}
