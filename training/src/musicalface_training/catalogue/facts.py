"""The facts file that the recommender reads: no lyrics, and the same bytes for the same facts."""

import gzip
from pathlib import Path

import pandas as pd

from musicalface_common.vocabulary import MOODS

COLUMNS = (
    *("id", "artist", "title", "year", "genre", "language", "explicit", "spotify_id", "tag_mood", "listeners"),
    *MOODS,
)


def write_facts(table: pd.DataFrame, path: Path) -> None:
    """Write the columns of COLUMNS as gzipped CSV; an older file stays whole until the new one is."""
    text = table.to_csv(columns=list(COLUMNS), index=False, float_format="%.4f", lineterminator="\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_bytes(gzip.compress(text.encode(), mtime=0))
    temporary.replace(path)
