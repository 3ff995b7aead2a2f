"""Reads the facets of an edition: the genres and languages of its songs, with their numbers."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from musicalface_common.vocabulary import Mood
from recommender.catalogue.tables import tracks
from recommender.domain.facets import Facet, Facets, Tally, genre_key, language_key


def read_facets(connection: Connection, edition: int) -> Facets:
    """Return the genres and languages that songs of an edition have. It reads all songs once for each."""
    genres = (
        Tally(genre_key(genre), genre, mood, songs)
        for names, mood, songs in _counts(connection, edition, tracks.c.genres)
        for genre in names
    )
    languages = (
        Tally(language_key(language), language, mood, songs)
        for language, mood, songs in _counts(connection, edition, tracks.c.language)
    )
    return Facets(Facet.of(genres), Facet.of(languages))


def _counts(connection: Connection, edition: int, value: ColumnElement[Any]) -> Iterator[tuple[Any, Mood | None, int]]:
    """Yield each value with a mood, or None for songs without one, and the number of songs that have both."""
    counted = (
        select(value, tracks.c.mood, func.count())
        .where(tracks.c.edition == edition, value.is_not(None))
        .group_by(value, tracks.c.mood)
    )
    for found, mood, songs in connection.execute(counted):
        yield found, Mood(mood) if mood else None, songs
