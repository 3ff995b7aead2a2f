"""Marks of songs by their titles, their lyrics and their artists' tags: season, kind and harm."""

from collections.abc import Mapping, Sequence

import pandas as pd

from musicalface_training.catalogue.lastfm import Artist
from musicalface_training.catalogue.texts.harm import harm_in, season_in
from recommender.domain.marks import harm_of, kind_of, season_of
from recommender.domain.track import Kind

# The tag "instrumental" counts from this share of the artist's most frequent tag on.
WORDLESS_SHARE = 0.25
_TAG = "instrumental"


def text_marks(ids: Sequence[str], texts: Sequence[str]) -> pd.DataFrame:
    """Return id, season and harm by English lyrics; "" where nothing is found."""
    seasons, harms = [season_in(text) or "" for text in texts], [harm_in(text) or "" for text in texts]
    return pd.DataFrame({"id": list(ids), "season": seasons, "harm": harms})


def with_marks(songs: pd.DataFrame, artists: Sequence[Artist | None]) -> pd.DataFrame:
    """Return songs, which have `season` and `harm` by their lyrics, with season, harm and kind by their titles, too."""
    unsung = songs["happy"] == ""
    kinds = [
        kind_of(title) or (Kind.INSTRUMENTAL if silent and artist and is_wordless(artist.tags) else "")
        for title, silent, artist in zip(songs["title"], unsung, artists, strict=True)
    ]
    return songs.assign(
        season=[season_of(title) or known for title, known in zip(songs["title"], songs["season"], strict=True)],
        harm=[harm_of(title) or known for title, known in zip(songs["title"], songs["harm"], strict=True)],
        kind=kinds,
    )


def is_wordless(tags: Mapping[str, int]) -> bool:
    """Return whether listeners tag an artist's music as instrumental."""
    return tags.get(_TAG, 0) >= WORDLESS_SHARE * max(tags.values(), default=1)
