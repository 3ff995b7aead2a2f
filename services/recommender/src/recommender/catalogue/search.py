"""Search by words that forgives typing errors, in SQL that all databases share.

A song is found if it holds a meaning of every typed word. Songs are sorted by relevance: first those whose artist and
title are the typed text, then those whose artist or title is, then those that hold all its words, then those that hold
similar words. The last two are sorted by the share of letters that the text has in common with artist, title, or both
(Dice 1945). The more prominent come first among equals, and an artist's own songs before songs of this title.
"""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Integer, Subquery, column, text

from recommender.catalogue.meanings import SPELLING, Meanings

# Looking up this many songs is faster than reading all songs that hold a common word.
FEW_SONGS = 300
# One of three typed words may be wrong if no song holds all of them, and two of six or more.
WORDS_TO_A_WRONG_ONE, MOST_WRONG = 3, 2

# A song has the same letters and prominence in all of its rows.
_SONG = "track, artist_letters, title_letters, prominence"
# Letters are counted in hundredths, since a similar word counts as a part of its letters.
_HOLDERS = """
SELECT {song},
    {letters} * MAX(alike * in_artist) AS in_artist, {letters} * MAX(alike * in_title) AS in_title,
    {letters} * CASE WHEN MAX(in_artist + in_title) = 0 THEN MAX(alike) ELSE 0 END AS beside,
    {letters} * MAX(alike) AS held
FROM ({meanings}) AS meanings JOIN occurrences ON word = meaning WHERE edition = {edition} {among} GROUP BY {song}
"""
_AMONG = "AND track IN (SELECT track FROM occurrences WHERE edition = {edition} AND word IN ({words}))"
_TOTALS = """
SELECT {song},
    SUM(in_artist) AS in_artist, SUM(in_title) AS in_title, SUM(beside) AS beside, SUM(held) AS held
FROM ({holders}) AS holders GROUP BY {song} HAVING COUNT(*) >= {needed}
"""
# Dice's coefficients in percent.
_SHARES = """
SELECT track, prominence, CASE WHEN held >= {spelled} * {typed} THEN 400 ELSE 0 END AS spelled,
    200 * (in_artist + beside) / (100 * ({typed} + artist_letters) + beside) AS artist,
    200 * (in_title + beside) / (100 * ({typed} + title_letters) + beside) AS title,
    200 * held / (100 * ({typed} + artist_letters + title_letters) + beside) AS song
FROM ({totals}) AS totals
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
    held = " UNION ALL ".join(holders)
    totals = _TOTALS.format(song=_SONG, holders=held, needed=needed) if len(holders) > 1 else held
    shares = _SHARES.format(totals=totals, typed=sum(each.letters for each in meant), spelled=SPELLING)
    columns = column("track", BigInteger), column("relevance", Integer)
    return text(_RELEVANCE.format(shares=shares)).columns(*columns).subquery("answers")


def _holders(edition: int, meanings: Meanings, among: Sequence[Meanings]) -> str:
    """Select the songs that hold a meaning of one typed word.

    Where few songs hold a meaning of the words in `among`, only those are searched.
    """
    few = among and sum(each.songs for each in among) <= FEW_SONGS
    words = ", ".join(str(word) for each in among for word in each.words)
    return _HOLDERS.format(
        song=_SONG,
        edition=edition,
        letters=meanings.letters,
        meanings=" UNION ALL ".join(
            f"SELECT {word} AS meaning, {alike} AS alike" for word, alike in meanings.words.items()
        ),
        among=_AMONG.format(edition=edition, words=words) if few else "",
    )
