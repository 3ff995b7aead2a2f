"""What a resolver makes of a source that has a mistake."""

import asyncio

from structlog.testing import capture_logs
from support.tracks import track_named

from recommender.adapters.breaker import Breaker
from recommender.adapters.cache import Cache
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.resolver import Resolution, Resolver

PATIENCE = 10.0


class BrokenSource:
    """Raises what no source should."""

    provider = Provider.SPOTIFY

    def find(self, track: Track) -> Playback | None:
        raise KeyError("a secret")

    def close(self) -> None:
        pass


def test_a_mistake_costs_the_link_alone_and_is_logged_without_its_text() -> None:
    async def ask() -> Resolution:
        resolver = Resolver(BrokenSource(), Cache(None), Breaker(Provider.SPOTIFY, None))
        try:
            return await resolver.resolve([track_named("Bill Withers", "Lovely Day")], PATIENCE)
        finally:
            await resolver.close()

    with capture_logs() as logged:
        assert asyncio.run(ask()) == Resolution({}, ["spotify-unavailable"])
    assert [(entry["log_level"], entry["error"]) for entry in logged] == [("error", "KeyError")]
    assert "a secret" not in str(logged)
