"""The HTTP clients of the services behind the gateway, one per service, each with the models of the JSON that it reads.

Other packages may import the names of the services and `Transports` from here, but no module of this package. These
modules import `settings`, never `routes`, `door` or `schemas`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx

from gateway.services.face_emotion import FaceEmotionClient
from gateway.services.lyrics_mood import LyricsMoodClient
from gateway.services.readiness import watch_readiness
from gateway.services.recommender import RecommenderClient
from gateway.services.upstream import Upstream
from gateway.settings import Settings
from musicalface_common.deadline import deadline

FACE_EMOTION = "face-emotion"
LYRICS_MOOD = "lyrics-mood"
RECOMMENDER = "recommender"

# The transport of each service by the service's name.
Transports = Mapping[str, httpx.AsyncBaseTransport]


@dataclass(frozen=True)
class Services:
    """The gateway's state while it runs: one client per service, and the last known state of each service by name."""

    face_emotion: FaceEmotionClient
    lyrics_mood: LyricsMoodClient
    recommender: RecommenderClient
    readiness: dict[str, str]
    deadline_s: float

    def deadline(self) -> AbstractAsyncContextManager[None]:
        """Limit a block of calls to the deadline of one request. Raises UpstreamTimeout when it has passed."""
        return deadline(self.deadline_s)


@asynccontextmanager
async def open_services(settings: Settings, transports: Transports) -> AsyncIterator[Services]:
    """Open the clients of all services until the block ends.

    A client calls its service through the service's transport in `transports`, or over a socket if there is none.
    """
    urls = {
        FACE_EMOTION: settings.face_emotion_url,
        LYRICS_MOOD: settings.lyrics_mood_url,
        RECOMMENDER: settings.recommender_url,
    }
    upstreams = {name: Upstream(name, str(url), transports.get(name)) for name, url in urls.items()}
    async with AsyncExitStack() as stack:
        for upstream in upstreams.values():
            await stack.enter_async_context(upstream)
        readiness = await stack.enter_async_context(watch_readiness(list(upstreams.values())))
        yield Services(
            FaceEmotionClient(upstreams[FACE_EMOTION]),
            LyricsMoodClient(upstreams[LYRICS_MOOD]),
            RecommenderClient(upstreams[RECOMMENDER]),
            readiness,
            settings.deadline_s,
        )
