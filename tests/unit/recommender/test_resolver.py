"""How a resolver handles a client that has a bug."""

import asyncio

from structlog.testing import capture_logs
from support.tracks import track_named

from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.playback.cooldown import ProviderCooldown
from recommender.playback.resolver import Resolution, Resolver

PATIENCE = 10.0


class BrokenClient:
    """Raises an error that the protocol does not allow."""

    provider = Provider.SPOTIFY

    def find(self, track: Track) -> Playback | None:
        raise KeyError("a secret")

    def close(self) -> None:
        pass


def test_a_bug_loses_only_the_link_and_is_logged_without_its_text() -> None:
    async def ask() -> Resolution:
        resolver = Resolver(BrokenClient(), TwoLevelCache(None), ProviderCooldown(Provider.SPOTIFY, None))
        try:
            return await resolver.resolve([track_named("Bill Withers", "Lovely Day")], PATIENCE)
        finally:
            await resolver.close()

    with capture_logs() as logged:
        assert asyncio.run(ask()) == Resolution({}, ["spotify-unavailable"])
    assert [(entry["log_level"], entry["error"]) for entry in logged] == [("error", "KeyError")]
    assert "a secret" not in str(logged)
