"""The recommender app: what it opens when it starts, and its routes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from musicalface_common.app import assemble_app
from musicalface_common.background import running
from recommender.adapters.candidates import CandidateCache
from recommender.adapters.catalogue import Catalogue
from recommender.adapters.database import open_engine
from recommender.adapters.loader import load
from recommender.adapters.redis_level import open_redis_level
from recommender.players import open_players
from recommender.routes import Parts, router
from recommender.service import Recommender
from recommender.settings import Settings

DESCRIPTION = "Songs of the catalogue that fit a mood, and search over all of them."


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the app. It raises CatalogueError at its start where the facts file or the database fails."""
    settings = settings or Settings()
    return assemble_app("recommender", DESCRIPTION, settings, partial(_open_state, settings), [router], _dependencies)


@asynccontextmanager
async def _open_state(settings: Settings) -> AsyncIterator[Parts]:
    with open_engine(settings.database_url) as engine:
        loaded = await asyncio.to_thread(load, engine, settings.catalogue_file)
        catalogue = Catalogue(engine, loaded.version)
        async with (
            running(catalogue.watch()),
            open_redis_level(settings.redis_url) as redis,
            open_players(settings, redis) as players,
        ):
            yield Parts(Recommender(catalogue, CandidateCache(redis)), players)


def _dependencies(parts: Parts) -> Mapping[str, str]:
    return parts.recommender.dependencies() | parts.players.dependencies()
