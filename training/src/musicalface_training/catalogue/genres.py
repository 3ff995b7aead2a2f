"""One genre a song, of a list short enough for a filter."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from recommender.domain.normalisation import normalise

# Whole families that hardly any list of the sources names, and that listeners' tags do.
FAMILIES = ("blues", "classical", "electronic", "jazz", "metal", "punk")
_ALIASES = {"rnb": "r b"}


def main_genres(values: Iterable[str]) -> list[str]:
    """Pick of each song's genres the one that most songs have: a filter wants few words, and lists are alphabetical."""
    lists = [_genres(value) for value in values]
    counts = Counter(genre for genres in lists for genre in genres)
    return [max(genres, key=lambda genre: (counts[genre], genre), default="") for genres in lists]


def fill_genres(genres: Sequence[str], tags: Iterable[Mapping[str, int]]) -> list[str]:
    """Give each song without a genre its artist's most frequent tag among the genres that others have, and FAMILIES.

    `tags` holds for each song how often its artist was given which tag. Moods and "seen live" are no genres.
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
    """Read one genre, or a list of them in Python's notation."""
    if not value.startswith("["):
        return [value.strip().casefold()] if value.strip() else []
    try:
        return [str(genre).strip().casefold() for genre in ast.literal_eval(value)]
    except (ValueError, SyntaxError):
        return []
