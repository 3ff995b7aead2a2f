"""Finds the words of the catalogue that a person may have meant by a typed word."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from recommender.catalogue.tables import trigrams, words
from recommender.domain.similarity import min_shared, min_similarity, similarities, swapped, trigrams_of
from recommender.domain.typed_text import TypedWord

# Only the most similar words count.
MAX_SIMILAR_WORDS = 16
# The similarity, in percent, of another spelling of the typed word, and of a word with two letters swapped.
SPELLING, SWAPPED = 95, 80

_WORD = (words.c.number, words.c.word, words.c.songs)
_SHARING = (
    select(trigrams.c.word)
    .where(trigrams.c.edition == bindparam("edition"), trigrams.c.trigram.in_(bindparam("trigrams", expanding=True)))
    .group_by(trigrams.c.word)
    .having(func.count() >= bindparam("least"))
    .subquery("sharing")
)
_SHARING_WORDS = select(*_WORD).join(
    _SHARING, (words.c.edition == bindparam("edition")) & (words.c.number == _SHARING.c.word)
)
# Without `+ 0`, SQLite does not use the index of the words, but reads all words of the edition.
_SPELLED_WORDS = select(*_WORD).where(
    words.c.edition + 0 == bindparam("edition"), words.c.word.in_(bindparam("spellings", expanding=True))
)


class Word(NamedTuple):
    """A word of the catalogue, and the number of songs that contain it."""

    number: int
    word: str
    songs: int


class SimilarWords(NamedTuple):
    """Words that are similar to a typed word: its letters, their similarity in percent by number, and their songs."""

    letters: int
    words: Mapping[int, int]
    songs: int


def similar_words(connection: Connection, edition: int, typed: Sequence[TypedWord]) -> list[SimilarWords]:
    """Return the similar words of each typed word. Two words that were typed as one count as two."""
    spellings = chain.from_iterable({each.word, *each.spellings, *swapped(each.word)} for each in typed)
    known = _spelled(connection, edition, spellings)
    found = []
    for each in typed:
        similar = _similar_words(connection, edition, each, known)
        found += [similar] if similar.songs else _halves(connection, edition, each.word) or [similar]
    return found


def _similar_words(connection: Connection, edition: int, typed: TypedWord, known: Mapping[str, Word]) -> SimilarWords:
    songs = known[typed.word].songs if typed.word in known else 0
    similar = _sharing(connection, edition, typed.word, min_similarity(songs))
    swaps = () if songs else swapped(typed.word)
    spelled = {known[word]: SWAPPED for word in swaps if word in known}
    spelled |= {known[word]: SPELLING for word in typed.spellings if word in known and word != typed.word}
    return _best(typed.word, spelled | similar)


def _sharing(connection: Connection, edition: int, typed: str, minimum: int) -> dict[Word, int]:
    """Return the similarity of the words that share enough trigrams with a typed word."""
    typed_trigrams = trigrams_of(typed)
    sharing = {"edition": edition, "trigrams": sorted(typed_trigrams), "least": min_shared(len(typed_trigrams))}
    found = [Word(*row) for row in connection.execute(_SHARING_WORDS, sharing).all()]
    scored = zip(found, similarities(typed, (word.word for word in found), minimum), strict=True)
    return {word: score for word, score in scored if score}


def _best(typed: str, scores: Mapping[Word, int]) -> SimilarWords:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], -item[0].songs, item[0].number))
    best = ranked[:MAX_SIMILAR_WORDS]
    return SimilarWords(len(typed), {word.number: score for word, score in best}, sum(word.songs for word, _ in best))


def _halves(connection: Connection, edition: int, typed: str) -> list[SimilarWords]:
    """Return the two words that make up a typed word, such as daft and punk for daftpunk, or none."""
    cuts = [(typed[:at], typed[at:]) for at in range(2, len(typed) - 1)]
    known = _spelled(connection, edition, chain.from_iterable(cuts))
    pairs = [(known[first], known[second]) for first, second in cuts if first in known and second in known]
    best = max(pairs, key=lambda pair: min(word.songs for word in pair), default=())
    return [SimilarWords(len(word.word), {word.number: 100}, word.songs) for word in best]


def _spelled(connection: Connection, edition: int, spellings: Iterable[str]) -> Mapping[str, Word]:
    """Return the words of the catalogue with one of these spellings."""
    found = connection.execute(_SPELLED_WORDS, {"edition": edition, "spellings": sorted(set(spellings))})
    return {row.word: Word(*row) for row in found.all()}
