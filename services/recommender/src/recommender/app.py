"""The recommender as a web app: `uvicorn --factory recommender.app:create_app`."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request

from musicalface_common import app as common_app
from musicalface_common.logging import configure_logging
from recommender.adapters.cache import CandidateCache, RedisLevel
from recommender.adapters.catalogue import Catalogue
from recommender.adapters.database import open_engine
from recommender.adapters.loader import load
from recommender.routes import recommender_of, router
from recommender.service import Recommender
from recommender.settings import Settings

DESCRIPTION = "Songs of the catalogue that fit a mood, and search over all of them."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. Its lifespan raises CatalogueError where the facts file is missing or broken."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        with open_engine(settings.database_url) as engine:
            async with _redis(settings.redis_url) as redis:
                version = await asyncio.to_thread(load, engine, settings.catalogue_file)
                app.state.recommender = Recommender(Catalogue(engine, version), CandidateCache(redis))
                app.state.ready = True
                yield
                app.state.ready = False

    return common_app.create_app("recommender", DESCRIPTION, settings, lifespan, [router], _dependencies)


@asynccontextmanager
async def _redis(url: str | None) -> AsyncIterator[RedisLevel | None]:
    if url is None:
        yield None
        return
    redis = RedisLevel(url)
    watcher = asyncio.create_task(redis.watch())
    try:
        yield redis
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher
        redis.close()


def _dependencies(request: Request) -> Mapping[str, str]:
    return recommender_of(request).dependencies()
