"""The catalogue's songs as the recommender ranks them."""

from pathlib import Path

import pandas as pd

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table
from recommender.domain.track import Scores, Track

FACTS = ("id", "artist", "title", "year", "genre", "language", "explicit", "spotify_id", "tag_mood", "listeners")


def read_tracks(facts: Path, scores: Path | None = None) -> list[Track]:
    """Read a facts file. Raises DatasetError.

    `scores` names a CSV file of other lyric scores for some of its songs: id, angry, sad, happy, relaxed.
    """
    table = read_table(facts, {name: (name,) for name in (*FACTS, *MOODS)}).set_index("id", drop=False)
    try:
        if scores is not None:
            table.update(read_table(scores, {name: (name,) for name in ("id", *MOODS)}).set_index("id")[list(MOODS)])
        return [_track(row) for row in table.to_dict("records")]
    except (ValueError, pd.errors.InvalidIndexError) as error:
        raise DatasetError(f"{facts} or {scores} holds what is no fact: {error}") from error


def _track(row: dict[str, str]) -> Track:
    return Track(
        id=row["id"],
        artist=row["artist"],
        title=row["title"],
        year=_whole(row["year"]),
        genre=row["genre"] or None,
        language=row["language"] or None,
        explicit=row["explicit"] == "1" if row["explicit"] else None,
        spotify_id=row["spotify_id"] or None,
        tag_mood=Mood(row["tag_mood"]) if row["tag_mood"] else None,
        listeners=_whole(row["listeners"]),
        scores=Scores(*(float(row[mood]) for mood in MOODS)),
    )


def _whole(value: str) -> int | None:
    return int(value) if value else None
