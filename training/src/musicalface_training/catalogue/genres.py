"""One genre for each song, from a list that is short enough for a filter."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from recommender.domain.normalisation import normalise

# Genres that the sources hardly ever name, and listeners' tags do.
FAMILIES = ("blues", "classical", "electronic", "jazz", "metal", "punk")
_ALIASES = {"rnb": "r b"}


def main_genres(values: Iterable[str]) -> list[str]:
    """Return for each song the one of its genres that most songs have, so that a filter has few values."""
    lists = [_genres(value) for value in values]
    counts = Counter(genre for genres in lists for genre in genres)
    return [max(genres, key=lambda genre: (counts[genre], genre), default="") for genres in lists]


def fill_genres(genres: Sequence[str], tags: Iterable[Mapping[str, int]]) -> list[str]:
    """Give a song without a genre the most frequent tag of its artist that is in `genres` or FAMILIES.

    `tags` holds for each song its artist's tags and their counts. All other tags, as "seen live", are ignored.
    """
    known = {normalise(genre): genre for genre in sorted({*genres, *FAMILIES} - {""})}
    return [genre or _genre_of(tagged, known) for genre, tagged in zip(genres, tags, strict=True)]


def _genre_of(tags: Mapping[str, int], known: Mapping[str, str]) -> str:
    counts: Counter[str] = Counter()
    for tag, count in tags.items():
        name = normalise(tag)
        counts[_ALIASES.get(name, name)] += count
    found = [name for name in counts if name in known]
    return known[max(found, key=lambda name: (counts[name], name))] if found else ""


def _genres(value: str) -> list[str]:
    """Parse one genre, or a list of genres in Python's notation; return [] for a broken list."""
    if not value.startswith("["):
        return [value.strip().casefold()] if value.strip() else []
    try:
        return [str(genre).strip().casefold() for genre in ast.literal_eval(value)]
    except (ValueError, SyntaxError):
        return []
