"""What an app opens when it starts and its routes use: one typed object per app."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import FastAPI, Request

State = TypeVar("State")


def set_state(app: FastAPI, state: object | None) -> None:
    """Give an app its state when it starts, or None when it stops."""
    app.state.opened = state


def current_state(app: FastAPI) -> object | None:
    """Return an app's state, or None before it has started and after it has stopped."""
    return getattr(app.state, "opened", None)


def state_of(kind: type[State]) -> Callable[[Request], Awaitable[State]]:
    """Make the dependency that hands an app's state, an object of this class, to a route."""

    async def state(request: Request) -> State:
        opened = current_state(request.app)
        assert isinstance(opened, kind)  # noqa: S101 - the app's own lifespan opened it
        return opened

    return state
