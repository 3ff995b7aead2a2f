"""The catalogue's songs as the recommender ranks them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from musicalface_common.vocabulary import MOODS
from musicalface_training.errors import DatasetError
from musicalface_training.tables import read_table
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile
from recommender.domain.scores import Scores
from recommender.domain.track import Track


def read_tracks(facts: Path) -> list[Track]:
    """Read the songs of a facts file, sorted by id. Raises DatasetError."""
    try:
        return FactsFile(facts).songs
    except CatalogueError as error:
        raise DatasetError(str(error)) from error


def rescored(tracks: Sequence[Track], scores: Path) -> list[Track]:
    """Return the songs that a CSV file (id, angry, sad, happy, relaxed) has scores for, with these scores.

    Raises DatasetError.
    """
    other = _read_scores(scores)
    return [replace(track, scores=other[track.id]) for track in tracks if track.id in other]


def _read_scores(path: Path) -> dict[str, Scores]:
    table = read_table(path, {name: (name,) for name in ("id", *MOODS)})
    if not table["id"].is_unique:
        raise DatasetError(f"{path} holds an id twice")
    try:
        rows = table[list(MOODS)].astype(float).to_numpy().tolist()
    except ValueError as error:
        raise DatasetError(f"{path} holds what is no score: {error}") from error
    return {name: Scores(*row) for name, row in zip(table["id"], rows, strict=True)}
