"""Where a song plays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a song plays, as its provider says; None where it does not say."""

    provider_id: str
    url: str
    embed_url: str | None
    artwork_url: str | None
    explicit: bool | None
    duration_ms: int | None
