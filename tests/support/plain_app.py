"""A small app of the house: it answers at once, later, at length, or with the bytes that it was sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from musicalface_common.app import assemble_app
from musicalface_common.settings import ServiceSettings

LARGE_BYTES = 50_000_000


def create_app(settings: ServiceSettings | None = None, stop_seconds: float = 0.0, **options: Any) -> FastAPI:
    """Make the app. `options` go to assemble_app. With `stop_seconds` it takes so long to stop."""

    @asynccontextmanager
    async def open_state() -> AsyncIterator[object]:
        yield object()
        await asyncio.sleep(stop_seconds)

    return assemble_app("plain", "for tests", settings or ServiceSettings(), open_state, [_router()], **options)


def create_stuck_app() -> FastAPI:
    """Make an app that does not stop by itself."""
    return create_app(stop_seconds=3600)


def _router() -> APIRouter:
    router = APIRouter()

    @router.get("/now")
    async def now() -> str:
        return "now"

    @router.get("/later")
    async def later(seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "later"

    @router.get("/large")
    async def large() -> Response:
        return Response(bytes(LARGE_BYTES))

    @router.post("/echo")
    async def echo(request: Request, seconds: float = 0.0) -> Response:
        await asyncio.sleep(seconds)
        return Response(await request.body(), headers={"x-sent": ",".join(request.headers.keys())})

    return router
