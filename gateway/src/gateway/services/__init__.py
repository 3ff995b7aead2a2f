"""The services behind the gateway: opened together, and watched for the readiness page."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, Field

from gateway.services.face_emotion import FaceClient
from gateway.services.lyrics_mood import LyricsClient
from gateway.services.recommender import RecommenderClient
from gateway.services.upstream import Upstream
from gateway.settings import Settings
from musicalface_common.background import running
from musicalface_common.deadline import deadline
from musicalface_common.errors import Problem

FACE_EMOTION = "face-emotion"
LYRICS_MOOD = "lyrics-mood"
RECOMMENDER = "recommender"

WATCH_TIMEOUT_S = 1.0
WATCH_PAUSE_S = 5.0

Transports = Mapping[str, httpx.AsyncBaseTransport]


class ReadyAnswer(BaseModel):
    status: str
    dependencies: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Clients:
    """One client a service, and the last known state of each."""

    face: FaceClient
    lyrics: LyricsClient
    recommender: RecommenderClient
    states: dict[str, str]
    deadline_s: float

    def deadline(self) -> AbstractAsyncContextManager[None]:
        """Hold all calls made inside to the one deadline of a request."""
        return deadline(self.deadline_s)


@asynccontextmanager
async def open_clients(settings: Settings, transports: Transports) -> AsyncIterator[Clients]:
    """Open the services' clients, over sockets where no transport is given."""
    urls = {
        FACE_EMOTION: settings.face_emotion_url,
        LYRICS_MOOD: settings.lyrics_mood_url,
        RECOMMENDER: settings.recommender_url,
    }
    upstreams = {name: Upstream(name, str(url), transports.get(name)) for name, url in urls.items()}
    async with AsyncExitStack() as stack:
        for upstream in upstreams.values():
            await stack.enter_async_context(upstream)
        states = await stack.enter_async_context(watched(list(upstreams.values())))
        yield Clients(
            FaceClient(upstreams[FACE_EMOTION]),
            LyricsClient(upstreams[LYRICS_MOOD]),
            RecommenderClient(upstreams[RECOMMENDER]),
            states,
            settings.deadline_s,
        )


@asynccontextmanager
async def watched(upstreams: Sequence[Upstream]) -> AsyncIterator[dict[str, str]]:
    """Give the services' states by name, kept up to date every few seconds."""
    states = dict.fromkeys((upstream.name for upstream in upstreams), "unknown")
    async with running(_watch(upstreams, states)):
        yield states


async def _watch(upstreams: Sequence[Upstream], states: dict[str, str]) -> None:
    while True:
        answers = await asyncio.gather(*map(_states, upstreams))
        states.clear()
        for answer in answers:
            states.update(answer)
        await asyncio.sleep(WATCH_PAUSE_S)


async def _states(upstream: Upstream) -> dict[str, str]:
    """Return how a service is, and how it says that what it depends on is."""
    try:
        async with deadline(WATCH_TIMEOUT_S):
            ready = await upstream.call("GET", "/health/ready", ReadyAnswer)
    except Problem as problem:
        return {upstream.name: problem.type}
    further = {f"{upstream.name}.{name}": state for name, state in ready.dependencies.items()}
    return {upstream.name: ready.status, **further}
