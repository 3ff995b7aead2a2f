"""Search by words that forgives typing errors, in SQL that all databases share.

A typed word is compared with the words of the catalogue that share enough of its trigrams. The most alike words are its
meanings. A song is found where it holds a meaning of every typed word. Its likeness is the sum of the likenesses of the
typed words, so that songs with all words spelled exactly come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, Select, Subquery, bindparam, case, func, select, union_all

from recommender.catalogue.tables import occurrences, trigrams, words
from recommender.domain.likeness import likenesses, shared_at_least
from recommender.domain.likeness import trigrams as trigrams_of

# The most meanings of one typed word.
MEANINGS = 16
# Looking up this many songs is faster than reading all songs that hold a common word.
FEW_SONGS = 300

_SHARING = (
    select(trigrams.c.word)
    .where(trigrams.c.edition == bindparam("edition"), trigrams.c.trigram.in_(bindparam("runs", expanding=True)))
    .group_by(trigrams.c.word)
    .having(func.count() >= bindparam("least"))
    .subquery("sharing")
)
_CANDIDATES = select(words.c.number, words.c.word, words.c.songs).join(
    _SHARING, (words.c.edition == bindparam("edition")) & (words.c.number == _SHARING.c.word)
)


class Meanings(NamedTuple):
    """The meanings of a typed word: likeness in percent by the word's number, and the number of songs that hold one."""

    words: Mapping[int, int]
    songs: int


def meanings(connection: Connection, edition: int, typed: str) -> Meanings:
    """Return the meanings of a typed word."""
    runs = trigrams_of(typed)
    sharing = {"edition": edition, "runs": sorted(runs), "least": shared_at_least(len(runs))}
    found = connection.execute(_CANDIDATES, sharing).all()
    alike = zip(likenesses(typed, (row.word for row in found)), found, strict=True)
    best = sorted(((score, row) for score, row in alike if score), key=lambda item: (-item[0], item[1].number))
    meant = best[:MEANINGS]
    return Meanings({row.number: score for score, row in meant}, sum(row.songs for _, row in meant))


def answers(edition: int, meant: Sequence[Meanings]) -> Subquery:
    """Select `track` and `likeness` of the songs that hold a meaning of every typed word."""
    rarest, *others = sorted(meant, key=lambda meanings: meanings.songs)
    if not others:
        return _holders(edition, rarest).subquery("answers")
    held = union_all(_holders(edition, rarest), *(_holders(edition, each, rarest) for each in others)).subquery("held")
    return (
        select(held.c.track, func.sum(held.c.likeness).label("likeness"))
        .group_by(held.c.track)
        .having(func.count() == len(meant))
        .subquery("answers")
    )


def _holders(edition: int, meanings: Meanings, among: Meanings | None = None) -> Select[tuple[int, int]]:
    """Select the songs that hold a meaning of one typed word, with the highest likeness of their words.

    Where few songs hold a meaning of another typed word, `among`, only those are searched.
    """
    alike = case(*((occurrences.c.word.in_(numbers), score) for score, numbers in _by_likeness(meanings)))
    holders = (
        select(occurrences.c.track, func.max(alike).label("likeness"))
        .where(occurrences.c.edition == edition, occurrences.c.word.in_(meanings.words))
        .group_by(occurrences.c.track)
    )
    if among is None or among.songs > FEW_SONGS:
        return holders
    few = occurrences.alias("few")
    return holders.where(
        occurrences.c.track.in_(select(few.c.track).where(few.c.edition == edition, few.c.word.in_(among.words)))
    )


def _by_likeness(meanings: Meanings) -> Iterator[tuple[int, list[int]]]:
    """Group the words by likeness: SQL with few terms compiles faster."""
    for score, items in groupby(meanings.words.items(), key=lambda item: item[1]):
        yield score, [number for number, _ in items]
