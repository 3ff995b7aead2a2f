"""The recommender as a web app: `uvicorn --factory recommender.app:create_app`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, closing, suppress

from fastapi import FastAPI, Request

from musicalface_common import app as common_app
from musicalface_common.logging import configure_logging
from recommender.adapters.candidates import CandidateCache
from recommender.adapters.catalogue import Catalogue
from recommender.adapters.database import open_engine
from recommender.adapters.loader import load
from recommender.adapters.redis_level import RedisLevel
from recommender.players import open_players
from recommender.routes import Parts, parts_of, router
from recommender.service import Recommender
from recommender.settings import Settings

DESCRIPTION = "Songs of the catalogue that fit a mood, and search over all of them."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. Its lifespan raises CatalogueError where the facts file or the database fails."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        with open_engine(settings.database_url) as engine:
            loaded = await asyncio.to_thread(load, engine, settings.catalogue_file)
            catalogue = Catalogue(engine, loaded.version)
            async with (
                _running(catalogue.watch),
                _redis(settings.redis_url) as redis,
                open_players(settings, redis) as players,
            ):
                app.state.parts = Parts(Recommender(catalogue, CandidateCache(redis)), players)
                app.state.ready = True
                yield
                app.state.ready = False

    return common_app.create_app("recommender", DESCRIPTION, settings, lifespan, [router], _dependencies)


@asynccontextmanager
async def _redis(url: str | None) -> AsyncIterator[RedisLevel | None]:
    if url is None:
        yield None
        return
    with closing(RedisLevel(url)) as redis:
        async with _running(redis.watch):
            yield redis


@asynccontextmanager
async def _running(watch: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    """Run a watch in the background for as long as the block lasts."""
    watcher = asyncio.create_task(watch())
    try:
        yield
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher


def _dependencies(request: Request) -> Mapping[str, str]:
    parts = parts_of(request)
    return parts.recommender.dependencies() | parts.players.dependencies()
