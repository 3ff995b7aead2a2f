"""The app factory that every service shares: handed its routes and lifespan, it adds what all have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.middleware import Middleware
from starlette.types import Lifespan

from musicalface_common import __version__
from musicalface_common.deadline import DeadlineMiddleware
from musicalface_common.errors import ProblemDetails, install_error_handlers
from musicalface_common.health import Dependencies, health_router
from musicalface_common.limits import BodyLimit, ConcurrencyLimit
from musicalface_common.metrics import metrics_router
from musicalface_common.middleware import RequestMiddleware
from musicalface_common.settings import ServiceSettings
from musicalface_common.startup import OneLineFailure


def no_dependencies(_: Request) -> Mapping[str, str]:
    """Say that an app depends on nothing outside its process."""
    return {}


def create_app(
    service: str,
    description: str,
    settings: ServiceSettings,
    lifespan: Lifespan[FastAPI],
    routers: Sequence[APIRouter],
    dependencies: Dependencies = no_dependencies,
    door: Sequence[Middleware] = (),
) -> FastAPI:
    """Make an app whose errors, limits, metrics, logs and health are as everywhere else in the house.

    `door` is middleware of the app's own, which meets a request before any limit does and before its body is read.
    """
    app = FastAPI(title=f"MusicalFace {service}", description=description, version=__version__, lifespan=lifespan)
    for router in (*routers, health_router(dependencies), metrics_router()):
        app.include_router(router)
    install_error_handlers(app)
    # Added last is outermost.
    app.add_middleware(DeadlineMiddleware)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, seconds=settings.upload_timeout_s)
    app.add_middleware(ConcurrencyLimit, limit=settings.max_concurrency)
    for middleware in reversed(door):
        app.add_middleware(middleware.cls, *middleware.args, **middleware.kwargs)
    app.add_middleware(RequestMiddleware, service=service)
    app.add_middleware(OneLineFailure)
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Put ProblemDetails in the OpenAPI document in place of the framework's own validation error."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        document = generate()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["ProblemDetails"] = ProblemDetails.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        for path in document["paths"].values():
            for operation in path.values():
                _replace_validation_error(operation["responses"])
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _replace_validation_error(responses: dict[str, Any]) -> None:
    answer = responses.get("422", {})
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    if schema.get("$ref", "").endswith("/HTTPValidationError"):
        answer["description"] = "`invalid-request`: Request not understood"
        answer["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
