"""The page and player of a song at a provider."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Playback:
    """The page and player of a song at a provider. A field is None if the provider does not give it."""

    provider_id: str
    url: str
    embed_url: str | None
    artwork_url: str | None
    explicit: bool | None
    duration_ms: int | None


# Playbacks by track id. None: the provider does not have the song. A missing id: not looked up yet.
KnownPlaybacks = Mapping[str, Playback | None]
