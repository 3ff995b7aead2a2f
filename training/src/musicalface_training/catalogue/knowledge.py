"""Facts about songs from other sources than their lyrics, if these sources are on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import typer

from musicalface_common.vocabulary import Mood
from musicalface_training.catalogue.lastfm import Artist, load_artists
from musicalface_training.catalogue.tag_moods import load_tag_moods
from musicalface_training.errors import DatasetError

Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Knowledge:
    """Moods that people tagged, by song id, and Last.fm's artists, by normalised name."""

    tag_moods: dict[str, Mood] = field(default_factory=dict)
    artists: dict[str, Artist] = field(default_factory=dict)


def load_knowledge(data: Path) -> Knowledge:
    """Read the sources in the data folder. A missing one is reported on stderr, and its facts are empty."""
    return Knowledge(_optional(load_tag_moods, data, "tag moods"), _optional(load_artists, data, "listeners"))


def _optional(load: Callable[[Path], dict[str, Fact]], data: Path, facts: str) -> dict[str, Fact]:
    try:
        return load(data)
    except DatasetError as error:
        typer.echo(f"no {facts}: {error}", err=True)
        return {}
