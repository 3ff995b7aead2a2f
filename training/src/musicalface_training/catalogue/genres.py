"""Up to three genres for each song, of those that people say."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from recommender.domain.genres import genres_in

MOST = 3
# A song's own genre counts as much as all tags of its artist.
OWN_WEIGHT = 1.0
# A genre with less than this part of the strongest one's weight is left out.
LEAST_SHARE = 0.2
# Sources give this genre to artists of whom only some songs are in these languages.
LATIN, LATIN_LANGUAGES = "latin", ("es", "pt", "")


def song_genres(
    own: Sequence[str], languages: Sequence[str], tags: Iterable[Mapping[str, int]]
) -> list[tuple[str, ...]]:
    """Return the genres of songs, the main one first, from the songs' own genres and from tags of their artists.

    An own genre is one name or a list in Python's notation. Tags that are no genre, as "seen live", are ignored.
    English songs are not latin.
    """
    return [_ranked(*song) for song in zip(own, languages, tags, strict=True)]


def _ranked(own: str, language: str, tags: Mapping[str, int]) -> tuple[str, ...]:
    weights = _shares(Counter(genre for name in _names(own) for genre in genres_in(name)), OWN_WEIGHT)
    tagged: Counter[str] = Counter()
    for tag, count in tags.items():
        for genre in genres_in(tag):
            tagged[genre] += count
    for genre, share in _shares(tagged, 1.0).items():
        weights[genre] = weights.get(genre, 0.0) + share
    if language not in LATIN_LANGUAGES:
        weights.pop(LATIN, None)
    strongest = max(weights.values(), default=0.0)
    found = sorted(
        (name for name in weights if weights[name] >= LEAST_SHARE * strongest), key=lambda n: (-weights[n], n)
    )
    return tuple(found[:MOST])


def _shares(counts: Mapping[str, int], weight: float) -> dict[str, float]:
    total = sum(counts.values())
    return {name: weight * count / total for name, count in counts.items()}


def _names(value: str) -> list[str]:
    """Parse one genre, or a list of genres in Python's notation; return [] for a broken list."""
    if not value.startswith("["):
        return [value] if value.strip() else []
    try:
        return [str(genre) for genre in ast.literal_eval(value)]
    except (ValueError, SyntaxError):
        return []
