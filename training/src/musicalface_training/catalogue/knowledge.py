"""What is known of songs besides their lyrics, as far as its sources are on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import typer

from musicalface_common.vocabulary import Mood
from musicalface_training.catalogue.lastfm import Artist, load_artists
from musicalface_training.catalogue.tag_moods import load_tag_moods
from musicalface_training.errors import DatasetError

Source = TypeVar("Source")


@dataclass(frozen=True)
class Knowledge:
    """Tag moods by song id, and Last.fm's artists by normalised name."""

    tag_moods: dict[str, Mood] = field(default_factory=dict)
    artists: dict[str, Artist] = field(default_factory=dict)


def load_knowledge(data: Path) -> Knowledge:
    """Read the sources that are in the data folder, and say which is not: its facts stay empty."""
    return Knowledge(_optional(load_tag_moods, data, "tag moods"), _optional(load_artists, data, "listeners"))


def _optional(load: Callable[[Path], dict[str, Source]], data: Path, facts: str) -> dict[str, Source]:
    try:
        return load(data)
    except DatasetError as error:
        typer.echo(f"no {facts}: {error}", err=True)
        return {}
