"""Searches songs by words and forgives typing errors, in SQL that all supported databases understand.

A typed word is compared with the words of the catalogue that share enough of its trigrams. A song matches if it
contains a similar word for every typed word. The similarity of a song is the sum over the typed words, so songs that
contain all words exactly come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, Select, Subquery, bindparam, case, func, select, union_all

from recommender.catalogue.tables import occurrences, trigrams, words
from recommender.domain.similarity import min_shared, similarities, trigrams_of

# Only the most similar words count.
MAX_SIMILAR_WORDS = 16
# Looking up at most this many songs is faster than reading all songs that contain a common word.
FEW_SONGS = 300

_SHARING = (
    select(trigrams.c.word)
    .where(trigrams.c.edition == bindparam("edition"), trigrams.c.trigram.in_(bindparam("trigrams", expanding=True)))
    .group_by(trigrams.c.word)
    .having(func.count() >= bindparam("least"))
    .subquery("sharing")
)
_SHARING_WORDS = select(words.c.number, words.c.word, words.c.songs).join(
    _SHARING, (words.c.edition == bindparam("edition")) & (words.c.number == _SHARING.c.word)
)


class SimilarWords(NamedTuple):
    """Words that are similar to a typed word: similarity in percent by word number, and the number of their songs."""

    words: Mapping[int, int]
    songs: int


def similar_words(connection: Connection, edition: int, typed: str) -> SimilarWords:
    """Return the words of an edition that are similar to a typed word."""
    typed_trigrams = trigrams_of(typed)
    sharing = {"edition": edition, "trigrams": sorted(typed_trigrams), "least": min_shared(len(typed_trigrams))}
    found = connection.execute(_SHARING_WORDS, sharing).all()
    scored = zip(similarities(typed, (row.word for row in found)), found, strict=True)
    best = sorted(((score, row) for score, row in scored if score), key=lambda item: (-item[0], item[1].number))
    similar = best[:MAX_SIMILAR_WORDS]
    return SimilarWords({row.number: score for score, row in similar}, sum(row.songs for _, row in similar))


def matching_songs(edition: int, similar: Sequence[SimilarWords]) -> Subquery:
    """Select `track` and `similarity` of the songs that contain a similar word for every typed word."""
    rarest, *others = sorted(similar, key=lambda each: each.songs)
    if not others:
        return _songs_with(edition, rarest).subquery("matching")
    by_word = (_songs_with(edition, rarest), *(_songs_with(edition, each, rarest) for each in others))
    found = union_all(*by_word).subquery("found")
    return (
        select(found.c.track, func.sum(found.c.similarity).label("similarity"))
        .group_by(found.c.track)
        .having(func.count() == len(similar))
        .subquery("matching")
    )


def _songs_with(edition: int, similar: SimilarWords, rarest: SimilarWords | None = None) -> Select[tuple[int, int]]:
    """Select the songs that contain one of the similar words, with the highest similarity of their words.

    If few songs contain one of the `rarest` words, which belong to another typed word, only those songs are searched.
    """
    similarity = case(*((occurrences.c.word.in_(numbers), score) for score, numbers in _by_similarity(similar)))
    songs = (
        select(occurrences.c.track, func.max(similarity).label("similarity"))
        .where(occurrences.c.edition == edition, occurrences.c.word.in_(similar.words))
        .group_by(occurrences.c.track)
    )
    if rarest is None or rarest.songs > FEW_SONGS:
        return songs
    few = occurrences.alias("few")
    return songs.where(
        occurrences.c.track.in_(select(few.c.track).where(few.c.edition == edition, few.c.word.in_(rarest.words)))
    )


def _by_similarity(similar: SimilarWords) -> Iterator[tuple[int, list[int]]]:
    """Yield each similarity with the numbers of its words: SQL with fewer terms compiles faster."""
    for score, items in groupby(similar.words.items(), key=lambda item: item[1]):
        yield score, [number for number, _ in items]
