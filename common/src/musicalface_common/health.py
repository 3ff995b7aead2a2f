"""The health routes: live (the process runs) and ready (it can take traffic)."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from musicalface_common.errors import Overloaded, problem_responses
from musicalface_common.state import current_state


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    status: Literal["ready"] = "ready"
    dependencies: dict[str, str] = Field(
        default_factory=dict, description="State of each dependency, by name. It does not change `status`"
    )


class NotReady(Overloaded):
    type = "not-ready"
    title = "Still starting"


def health_router(dependencies: Callable[[Any], Mapping[str, str]]) -> APIRouter:
    """Make the health routes. An app is ready between its start and its stop.

    `dependencies` gets the app's state and returns a word such as `ok` for each dependency, by name. These words do not
    affect readiness.
    """
    router = APIRouter(prefix="/health", tags=["operations"])

    @router.get("/live", summary="Is the process alive?")
    async def live() -> Health:
        return Health()

    @router.get("/ready", summary="Can it take traffic?", responses=problem_responses(NotReady))
    async def ready(request: Request) -> Readiness:
        state = current_state(request.app)
        if state is None:
            raise NotReady(headers={"Retry-After": "1"})
        return Readiness(dependencies=dict(dependencies(state)))

    return router
