"""The values that songs have of a fact that can be filtered by, with the number of songs of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from musicalface_common.vocabulary import Mood
from recommender.domain.normalisation import normalise


class Tally(NamedTuple):
    """The number of songs of a mood that have a value. `key` is the form that all spellings of the value share.

    `mood` is None for songs of unknown mood.
    """

    key: str
    value: str
    mood: Mood | None
    songs: int


class Count(NamedTuple):
    """A value and the number of songs that have it."""

    value: str
    songs: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one fact. `values` maps the key of each value to its spelling."""

    values: Mapping[str, str]
    tallies: Iterable[Tally]

    @classmethod
    def of(cls, tallies: Iterable[Tally]) -> Self:
        """Return the facet of these tallies. Of several spellings with one key, the last one counts."""
        kept = tuple(tallies)
        return cls({tally.key: tally.value for tally in kept}, kept)

    def counts(self, mood: Mood | None) -> list[Count]:
        """Return each value and its number of songs, of one mood or of all, the most frequent value first."""
        songs: dict[str, int] = {}
        for tally in self.tallies:
            if mood in (None, tally.mood):
                songs[tally.key] = songs.get(tally.key, 0) + tally.songs
        counts = (Count(self.values[key], number) for key, number in songs.items())
        return sorted(counts, key=lambda count: (-count.songs, count.value))


class Facets(NamedTuple):
    """The facets of one version of the catalogue."""

    genres: Facet
    languages: Facet


def genre_key(genre: str) -> str:
    """Return a form that all spellings of a genre share."""
    return normalise(genre)


def language_key(language: str) -> str:
    """Return a form that all spellings of a language code share."""
    return language.strip().casefold()
