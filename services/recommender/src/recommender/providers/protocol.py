"""The protocol that every provider's client follows, and the errors that it raises."""

from typing import Literal, Protocol

from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track

Reason = Literal["rate-limit", "quota", "premium", "credentials"]

# The shortest and the longest cooldown. A longer time in a response is a mistake of the provider.
SHORTEST_SECONDS, LONGEST_SECONDS = 1.0, 86_400.0


class ProviderLimited(Exception):  # noqa: N818 - a state, not a mistake
    """A provider accepts no calls for `seconds`, which is at least 1 s and at most a day."""

    def __init__(self, seconds: float, reason: Reason) -> None:
        self.seconds = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)
        self.reason = reason
        super().__init__(f"{reason} for {self.seconds:g} s")


class ProviderFailed(Exception):  # noqa: N818 - a state, not a mistake
    """One call to a provider failed: timeout, reset, 5xx or broken JSON. The message contains no secret."""


class ProviderClient(Protocol):
    """Asks one provider where songs play."""

    provider: Provider

    def find(self, track: Track) -> Playback | None:
        """Return where a song plays, or None if the provider does not have it. Blocks.

        Raises ProviderLimited, ProviderFailed.
        """

    def close(self) -> None:
        """Close the connections."""
