"""The app factory that all services share. A service passes its routes and a function that opens its state."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog
from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware
from starlette.types import Lifespan

from musicalface_common import __version__
from musicalface_common.abandonment import AbandonmentMiddleware
from musicalface_common.deadline import DeadlineMiddleware
from musicalface_common.environment import unknown_variables
from musicalface_common.errors import ProblemDetails, install_error_handlers
from musicalface_common.health import health_router
from musicalface_common.limits.admission import Admission, Clients, SlowCalls
from musicalface_common.logging import configure_logging
from musicalface_common.metrics import metrics_router
from musicalface_common.middleware import HeadRequests, Refusals, RequestMiddleware
from musicalface_common.parameters import check_parameters
from musicalface_common.security_headers import SecurityHeaders
from musicalface_common.settings import ServiceSettings
from musicalface_common.startup import StartupErrorMiddleware
from musicalface_common.state import AppState, set_state

log = structlog.get_logger("musicalface.app")

# Opens the state of an app, and closes it when the app stops.
OpenState = Callable[[], AbstractAsyncContextManager[AppState]]


def no_dependencies(_: object) -> Mapping[str, str]:
    """Return an empty mapping, for an app that depends on nothing outside its process."""
    return {}


def assemble_app(
    service: str,
    description: str,
    settings: ServiceSettings,
    open_state: OpenState[AppState],
    routers: Sequence[APIRouter],
    dependencies: Callable[[AppState], Mapping[str, str]] = no_dependencies,
    outer_middleware: Sequence[Middleware] = (),
    outermost_middleware: Sequence[Middleware] = (),
    public: bool = False,
    clients: Clients | None = None,
    slow: SlowCalls | None = None,
) -> FastAPI:
    """Make an app with the errors, limits, metrics, logs and health routes that all apps share.

    `open_state` opens the app's state when the app starts. Routes get it through `state_of`; `dependencies` gets it and
    returns a word such as `ok` for each dependency, by name. `outer_middleware` is the app's own;
    `outermost_middleware` also sees the responses to errors and refusals. `public` says that strangers reach the app's
    port. `clients` and `slow` say for whom and for which calls there are limits of their own; `Server` holds them.
    """
    app = FastAPI(
        title=f"MusicalFace {service}",
        description=description,
        version=__version__,
        lifespan=_lifespan(settings, open_state),
        # The framework would build the redirect from the client's Host.
        redirect_slashes=False,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.admission = Admission(service, settings, clients, slow)
    for router in routers:
        app.include_router(router, dependencies=[Depends(check_parameters)])
    for router in (health_router(dependencies), metrics_router(settings.metrics_token, public)):
        app.include_router(router)
    install_error_handlers(app)
    # The middleware that is added last runs first.
    app.add_middleware(DeadlineMiddleware)
    app.add_middleware(AbandonmentMiddleware)
    app.add_middleware(HeadRequests)
    app.add_middleware(Refusals)
    for middleware in reversed(outer_middleware):
        app.add_middleware(middleware.cls, *middleware.args, **middleware.kwargs)
    app.add_middleware(RequestMiddleware, service=service)
    for middleware in reversed(outermost_middleware):
        app.add_middleware(middleware.cls, *middleware.args, **middleware.kwargs)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(StartupErrorMiddleware)
    _describe_problems(app)
    return app


def _lifespan(settings: ServiceSettings, open_state: OpenState[AppState]) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging(settings.log_level, settings.log_format)
        for sentence in unknown_variables(type(settings)):
            log.warning(sentence)
        async with open_state() as state:
            set_state(app, state)
            yield
            set_state(app, None)

    return lifespan


def _describe_problems(app: FastAPI) -> None:
    """Describe validation errors by ProblemDetails in the OpenAPI document, not by the framework's own schema."""
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
    response = responses.get("422", {})
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    if schema.get("$ref", "").endswith("/HTTPValidationError"):
        response["description"] = "`invalid-request`: Request not understood"
        response["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
