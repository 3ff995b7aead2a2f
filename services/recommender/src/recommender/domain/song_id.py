"""The ids that songs go by."""

import hashlib

from recommender.domain.text import normalise


def song_id(artist: str, title: str) -> str:
    """Return the 12 hex digits that name a song, whatever the spelling of its artist and title."""
    name = f"{normalise(artist)}\n{normalise(title)}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]
