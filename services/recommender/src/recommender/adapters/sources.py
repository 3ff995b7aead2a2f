"""What every provider is asked, and how each says that it cannot answer."""

from typing import Literal, Protocol

from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track

Reason = Literal["rate-limit", "quota", "premium", "credentials"]

# The latter is longer than any provider means it.
SHORTEST_SECONDS, LONGEST_SECONDS = 1.0, 86_400.0


class ProviderLimited(Exception):  # noqa: N818 - a state, not a mistake
    """A provider wants no call for `seconds`: a second at least, lest it be asked on and on, and a day at most."""

    def __init__(self, seconds: float, reason: Reason) -> None:
        self.seconds = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)
        self.reason = reason
        super().__init__(f"{reason} for {self.seconds:g} s")


class ProviderFailed(Exception):  # noqa: N818 - as above
    """A provider did not answer this time: timeout, reset, 5xx, broken JSON. The message carries no secret."""


class Source(Protocol):
    """A provider that knows where songs play."""

    provider: Provider

    def find(self, track: Track) -> Playback | None:
        """Ask where a song plays, None where the provider has no such song; blocks.

        Raises ProviderLimited, ProviderFailed.
        """

    def close(self) -> None:
        """Close the connections."""
