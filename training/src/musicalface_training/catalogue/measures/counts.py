"""What is in the catalogue, as tables in Markdown: songs by mood, genre, decade and language."""

from collections import Counter
from collections.abc import Sequence

from musicalface_common.vocabulary import MOODS
from recommender.domain.genres import GENRES
from recommender.domain.track import Track

DECADES = ("to 1959", "1960s", "1970s", "1980s", "1990s", "2000s", "2010s", "2020s", "unknown")
_NONE = "unknown"


def count_tables(tracks: Sequence[Track]) -> str:
    """Return three tables; a cell holds the songs of the four moods that lists may hold, in the order of MOODS."""
    listed = [track for track in tracks if track.is_listed]
    rows = [*GENRES, _NONE]
    english = [track for track in listed if track.language == "en"]
    others = [track for track in listed if track.language not in ("en", None)]
    unknown = [track for track in listed if track.language is None]
    parts = [("English lyrics", english), ("Other languages", others), ("Language unknown, or no lyrics", unknown)]
    head = f"A cell holds the numbers of {', '.join(MOODS)} songs. A song with several genres counts in each."
    return "\n\n".join([head, *(f"### {name}\n\n{_table(rows, songs)}" for name, songs in parts if songs)])


def _table(rows: Sequence[str], tracks: Sequence[Track]) -> str:
    cells = Counter(
        (genre, _decade(track), track.mood) for track in tracks for genre in (track.genres or (_NONE,)) if genre in rows
    )
    shown = [decade for decade in DECADES if any(place == decade for _, place, _ in cells)]
    lines = [f"| genre | {' | '.join(shown)} |", "| --- |" + " --- |" * len(shown)]
    for genre in rows:
        counts = [[cells[genre, decade, mood] for mood in MOODS] for decade in shown]
        if any(map(any, counts)):
            lines.append(f"| {genre} | {' | '.join(' '.join(map(str, row)) if any(row) else '–' for row in counts)} |")
    return "\n".join(lines)


def _decade(track: Track) -> str:
    if track.year is None:
        return _NONE
    return DECADES[min(max(track.year // 10 - 195, 0), len(DECADES) - 2)]
