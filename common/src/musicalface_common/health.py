"""Live and ready, told apart. What an app depends on is listed, and never turns it red."""

from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from musicalface_common.errors import Overloaded, problem_responses


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Literal["ready"] = "ready"
    dependencies: dict[str, str] = Field(default_factory=dict, description="State of each; none turns this red")


class NotReady(Overloaded):
    type = "not-ready"
    title = "Still starting"


Dependencies = Callable[[Request], Mapping[str, str]]


def health_router(dependencies: Dependencies) -> APIRouter:
    """Make the health routes. An app is ready once its lifespan has set `app.state.ready`."""
    router = APIRouter(prefix="/health", tags=["operations"])

    @router.get("/live", summary="Is the process alive?")
    async def live() -> Health:
        return Health()

    @router.get("/ready", summary="Can it take traffic?", responses=problem_responses(NotReady))
    async def ready(request: Request) -> Readiness:
        if not getattr(request.app.state, "ready", False):
            raise NotReady(headers={"Retry-After": "1"})
        return Readiness(dependencies=dict(dependencies(request)))

    return router
