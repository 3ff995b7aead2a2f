"""The recommender app: opens the catalogue, Redis and the providers when it starts, and serves the routes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from musicalface_common.app import assemble_app
from musicalface_common.background import running
from musicalface_common.environment import read_settings
from recommender.cache.candidates import CandidateCache
from recommender.cache.redis_level import open_redis_level
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine, probing_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.playback.lookup import open_playback
from recommender.recommend import Recommender
from recommender.settings import Settings
from recommender.web import facets, routes
from recommender.web.state import RecommenderState

DESCRIPTION = "Songs of the catalogue that fit a mood, and search over all of them."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. Its start raises CatalogueError if the facts file or the database fails."""
    settings = settings or read_settings(Settings)
    return assemble_app(
        "recommender",
        DESCRIPTION,
        settings,
        partial(_open_state, settings),
        [routes.router, facets.router],
        _dependencies,
    )


@asynccontextmanager
async def _open_state(settings: Settings) -> AsyncIterator[RecommenderState]:
    with open_engine(settings.database_url) as engine:
        loaded = await asyncio.to_thread(load, engine, FactsFile(settings.catalogue_file))
        catalogue, probe = Catalogue(engine, loaded.version), probing_engine(settings.database_url)
        await asyncio.to_thread(catalogue.read_version, probe)
        async with (
            running(catalogue.watch(probe)),
            open_redis_level(settings.redis_url) as redis,
            open_playback(settings, redis) as playback,
        ):
            yield RecommenderState(Recommender(catalogue, CandidateCache(redis)), playback)


def _dependencies(state: RecommenderState) -> Mapping[str, str]:
    return state.recommender.dependencies() | state.playback.dependencies()
