"""The state of an app: one typed object that the app opens when it starts, for its routes."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import FastAPI, Request

AppState = TypeVar("AppState")


def set_state(app: FastAPI, state: object | None) -> None:
    """Set an app's state when it starts, or None when it stops."""
    app.state.opened = state


def current_state(app: FastAPI) -> object | None:
    """Return an app's state, or None before its start and after its stop."""
    return getattr(app.state, "opened", None)


def state_of(kind: type[AppState]) -> Callable[[Request], Awaitable[AppState]]:
    """Return a FastAPI dependency: it gives a route the app's state, which is an object of this class."""

    async def state(request: Request) -> AppState:
        opened = current_state(request.app)
        assert isinstance(opened, kind)  # noqa: S101 - the app's own lifespan opened it
        return opened

    return state
