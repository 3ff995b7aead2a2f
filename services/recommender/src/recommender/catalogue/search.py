"""Searches songs by words and forgives typing errors, in SQL that all supported databases understand.

A song matches if it contains a similar word for every typed word. The most relevant songs come first:

1. songs whose artist and title together are the typed text
2. songs whose artist is the typed text, and songs whose title is: the prominent ones first, and artists preferred
3. songs that contain exactly the typed words
4. all others

3 and 4 are sorted by prominence and by the share of letters that the text has in common with the artist, the title or
both (Dice 1945).
"""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Integer, Subquery, column, text

from recommender.catalogue.similar_words import SPELLING, SimilarWords

# Looking up at most this many songs is faster than reading all songs that contain a common word.
FEW_SONGS = 300
# If no song contains all typed words, one may be missing of every three, but at most two.
WORDS_PER_MISSING, MAX_MISSING = 3, 2

# These have the same values in all rows of a song.
_SONG = "track, artist_letters, title_letters, prominence"
# Letters are counted in hundredths, because a similar word counts as a part of its letters. `beside` are the letters
# that are neither in the artist's name nor in the title itself, but in guests and remarks.
_SONGS_WITH = """
SELECT {song},
    {letters} * MAX(similarity * in_artist) AS in_artist, {letters} * MAX(similarity * in_title) AS in_title,
    {letters} * CASE WHEN MAX(in_artist + in_title) = 0 THEN MAX(similarity) ELSE 0 END AS beside,
    {letters} * MAX(similarity) AS contained
FROM ({similar}) AS similar_words JOIN occurrences ON word = similar_word
WHERE edition = {edition} {restriction} GROUP BY {song}
"""
_RESTRICTION = "AND track IN (SELECT track FROM occurrences WHERE edition = {edition} AND word IN ({words}))"
_TOTALS = """
SELECT {song},
    SUM(in_artist) AS in_artist, SUM(in_title) AS in_title, SUM(beside) AS beside, SUM(contained) AS contained
FROM ({songs}) AS songs GROUP BY {song} HAVING COUNT(*) >= {needed}
"""
# Dice's coefficients in percent.
_SHARES = """
SELECT track, prominence, CASE WHEN contained >= {spelling} * {typed} THEN 400 ELSE 0 END AS spelled,
    200 * (in_artist + beside) / (100 * ({typed} + artist_letters) + beside) AS artist,
    200 * (in_title + beside) / (100 * ({typed} + title_letters) + beside) AS title,
    200 * contained / (100 * ({typed} + artist_letters + title_letters) + beside) AS song
FROM ({totals}) AS totals
"""
# One percent of the share weighs as much as two percent of the prominence.
_RELEVANCE = """
SELECT track, 1 + prominence + CASE
    WHEN song >= 100 THEN 1500 WHEN artist >= 100 THEN 1030 WHEN title >= 100 THEN 1000
    WHEN song >= artist AND song >= title THEN spelled + 2 * song
    WHEN artist >= title THEN spelled + 2 * artist ELSE spelled + 2 * title
END AS relevance FROM ({shares}) AS shares
"""


def numbers_missing(similar: Sequence[SimilarWords]) -> list[int]:
    """Return how many typed words may be missing in a song: first 0, then the maximum. Empty if no song can match."""
    unknown = sum(not each.songs for each in similar)
    maximum = min(len(similar) // WORDS_PER_MISSING, MAX_MISSING)
    return [missing for missing in sorted({0, maximum}) if unknown <= missing < len(similar)]


def matching_songs(edition: int, similar: Sequence[SimilarWords], missing: int) -> Subquery:
    """Select `track` and `relevance` of the songs that contain similar words for all typed words except `missing`."""
    known = sorted((each for each in similar if each.songs), key=lambda each: each.songs)
    needed = len(similar) - missing
    rarest = known[: len(known) - needed + 1]  # a matching song contains one of these
    by_word = [_songs_with(edition, each, () if each in rarest else rarest) for each in known]
    songs = " UNION ALL ".join(by_word)
    totals = _TOTALS.format(song=_SONG, songs=songs, needed=needed) if len(by_word) > 1 else songs
    shares = _SHARES.format(totals=totals, typed=sum(each.letters for each in similar), spelling=SPELLING)
    columns = column("track", BigInteger), column("relevance", Integer)
    return text(_RELEVANCE.format(shares=shares)).columns(*columns).subquery("matching")


def _songs_with(edition: int, similar: SimilarWords, rarest: Sequence[SimilarWords]) -> str:
    """Select the songs that contain one of the similar words, with the letters of the most similar one.

    If few songs contain one of the `rarest` words, which belong to other typed words, only those songs are searched.
    """
    few = rarest and sum(each.songs for each in rarest) <= FEW_SONGS
    words = ", ".join(str(number) for each in rarest for number in each.words)
    scored = (f"SELECT {number} AS similar_word, {score} AS similarity" for number, score in similar.words.items())
    return _SONGS_WITH.format(
        song=_SONG,
        edition=edition,
        letters=similar.letters,
        similar=" UNION ALL ".join(scored),
        restriction=_RESTRICTION.format(edition=edition, words=words) if few else "",
    )
