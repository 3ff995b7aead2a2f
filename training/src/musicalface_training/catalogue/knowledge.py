"""Facts about songs from other sources than their lyrics, if these sources are on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import typer

from musicalface_training.catalogue.charts import Charted, read_hot_100, read_spellings, read_spotify_ids
from musicalface_training.catalogue.lastfm import Artist, load_artists
from musicalface_training.catalogue.people.places import Placed, read_places
from musicalface_training.catalogue.people.votes import Told, tell
from musicalface_training.catalogue.people.words import Said, read_words
from musicalface_training.catalogue.spelling import Spellings
from musicalface_training.errors import DatasetError

Source = TypeVar("Source")


@dataclass(frozen=True)
class Knowledge:
    """What people said, by song id; Last.fm's artists, by normalised name; charts and Spotify ids, by
    chart key; and how charts spell names."""

    told: dict[str, Told] = field(default_factory=dict)
    artists: dict[str, Artist] = field(default_factory=dict)
    charts: dict[str, Charted] = field(default_factory=dict)
    spotify_ids: dict[str, str] = field(default_factory=dict)
    spellings: Spellings = field(default_factory=Spellings)


def load_knowledge(data: Path) -> Knowledge:
    """Read the sources in the data folder. A missing one is reported on stderr, and its facts are empty."""
    said: list[Said] = _optional(read_words, data, "emotion words", [])
    placed: list[Placed] = _optional(read_places, data, "tag moods", [])
    return Knowledge(
        tell(said, placed),
        _optional(load_artists, data, "listeners", {}),
        _optional(read_hot_100, data, "charts", {}),
        _optional(read_spotify_ids, data, "Spotify ids of hits", {}),
        _optional(read_spellings, data, "spellings", Spellings()),
    )


def _optional(load: Callable[[Path], Source], data: Path, facts: str, missing: Source) -> Source:
    try:
        return load(data)
    except DatasetError as error:
        typer.echo(f"no {facts}: {error}", err=True)
        return missing
