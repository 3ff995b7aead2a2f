"""Search by words that forgives typing errors, in SQL that all databases share.

A song is found if it holds a meaning of every typed word. Songs are sorted by relevance: first those whose artist and
title are the typed text, then those whose artist or title is, then those that hold all its words, then those that hold
similar words. The last two are sorted by the share of letters that the text has in common with artist, title, or both
(Dice 1945). The more prominent come first among equals, and an artist's own songs before songs of this title.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from sqlalchemy import BigInteger, Integer, Subquery, column, text

from recommender.catalogue.meanings import SPELLING, Meanings

# Looking up this many songs is faster than reading all songs that hold a common word.
FEW_SONGS = 300
# One of three typed words may be wrong if no song holds all of them, and two of six or more.
WORDS_TO_A_WRONG_ONE, MOST_WRONG = 3, 2

# How many letters of the artist, of the title, beside both, and at all the meanings of one typed word make up, in
# hundredths of a letter, by song.
_HOLDERS = """
SELECT track, MAX(artist_letters) AS artist_letters, MAX(title_letters) AS title_letters, MAX(prominence) AS prominence,
    {letters} * MAX(alike * in_artist) AS in_artist, {letters} * MAX(alike * in_title) AS in_title,
    CASE WHEN MAX(in_artist + in_title) = 0 THEN {letters} * MAX(alike) ELSE 0 END AS beside,
    {letters} * MAX(alike) AS held
FROM (
    SELECT track, artist_letters, title_letters, prominence, in_artist, in_title, CASE {alike} END AS alike
    FROM occurrences WHERE edition = {edition} AND word IN ({words}) {among}
) AS occurring GROUP BY track
"""
_AMONG = "AND track IN (SELECT track FROM occurrences WHERE edition = {edition} AND word IN ({words}))"
# Dice's coefficients in percent.
_SHARES = """
SELECT track, MAX(prominence) AS prominence,
    200 * (SUM(in_artist) + SUM(beside)) / (100 * ({typed} + MAX(artist_letters)) + SUM(beside)) AS artist,
    200 * (SUM(in_title) + SUM(beside)) / (100 * ({typed} + MAX(title_letters)) + SUM(beside)) AS title,
    200 * SUM(held) / (100 * ({typed} + MAX(artist_letters) + MAX(title_letters)) + SUM(beside)) AS song,
    CASE WHEN SUM(held) >= {spelled} * {typed} THEN 400 ELSE 0 END AS spelled
FROM ({holders}) AS holders GROUP BY track HAVING COUNT(*) >= {needed}
"""
# A share of 1 percent weighs as much as 2 percent of prominence.
_RELEVANCE = """
SELECT track, 1 + prominence + CASE
    WHEN song >= 100 THEN 1500 WHEN artist >= 100 THEN 1030 WHEN title >= 100 THEN 1000
    WHEN song >= artist AND song >= title THEN spelled + 2 * song
    WHEN artist >= title THEN spelled + 2 * artist ELSE spelled + 2 * title
END AS relevance FROM ({shares}) AS shares
"""


def tolerances(meant: Sequence[Meanings]) -> list[int]:
    """Return how many typed words a song may lack: first none, then the most. Empty if no song holds enough of them."""
    unknown = sum(not each.songs for each in meant)
    most = min(len(meant) // WORDS_TO_A_WRONG_ONE, MOST_WRONG)
    return [lacking for lacking in sorted({0, most}) if unknown <= lacking < len(meant)]


def answers(edition: int, meant: Sequence[Meanings], lacking: int) -> Subquery:
    """Select `track` and `relevance` of the songs that hold a meaning of all typed words, or of all but `lacking`."""
    known = sorted((each for each in meant if each.songs), key=lambda meanings: meanings.songs)
    needed = len(meant) - lacking
    rare = known[: len(known) - needed + 1]  # each song holds one of these
    holders = [_holders(edition, each, () if each in rare else rare) for each in known]
    typed = sum(each.letters for each in meant)
    shares = _SHARES.format(holders=" UNION ALL ".join(holders), typed=typed, needed=needed, spelled=SPELLING)
    columns = column("track", BigInteger), column("relevance", Integer)
    return text(_RELEVANCE.format(shares=shares)).columns(*columns).subquery("answers")


def _holders(edition: int, meanings: Meanings, among: Sequence[Meanings]) -> str:
    """Select the songs that hold a meaning of one typed word.

    Where few songs hold a meaning of the words in `among`, only those are searched.
    """
    few = among and sum(each.songs for each in among) <= FEW_SONGS
    words = _listed(word for each in among for word in each.words)
    return _HOLDERS.format(
        edition=edition,
        letters=meanings.letters,
        alike=" ".join(f"WHEN word IN ({alike}) THEN {likeness}" for likeness, alike in _by_likeness(meanings.words)),
        words=_listed(meanings.words),
        among=_AMONG.format(edition=edition, words=words) if few else "",
    )


def _by_likeness(words: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """Group the words by likeness: SQL with few terms is read faster."""
    for likeness, items in groupby(words.items(), key=lambda item: item[1]):
        yield likeness, _listed(number for number, _ in items)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
