"""Reads the facets of an edition: the genres and languages of its songs, with their numbers."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, func, select

from musicalface_common.vocabulary import Mood
from recommender.catalogue.tables import tracks
from recommender.domain.facets import Facet, Facets, Tally, language_key


def read_facets(connection: Connection, edition: int) -> Facets:
    """Return the genres and languages that songs of an edition have. It reads all songs once for each."""
    genres = _tallies(connection, edition, tracks.c.genre_key, tracks.c.genre)
    languages = _tallies(connection, edition, tracks.c.language, tracks.c.language)
    return Facets(Facet.of(genres), Facet.of(tally._replace(key=language_key(tally.value)) for tally in languages))


def _tallies(
    connection: Connection, edition: int, key: ColumnElement[str], value: ColumnElement[str]
) -> Iterator[Tally]:
    counted = (
        select(key, func.min(value), tracks.c.mood, func.count())
        .where(tracks.c.edition == edition, key.is_not(None))
        .group_by(key, tracks.c.mood)
    )
    for found, spelling, mood, songs in connection.execute(counted):
        yield Tally(found, spelling, Mood(mood), songs)
