"""Startup errors that the user can fix: the server prints one line for them instead of a traceback."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FAILED = "lifespan.startup.failed"


class StartupError(Exception):
    """An app cannot start. The message is the reason; the user sees only the message."""


class StartupErrorMiddleware:
    """Middleware that gives the server the message of a StartupError instead of the framework's traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            return await self.app(scope, receive, send)
        failure: Message | None = None

        async def hold_failure(message: Message) -> None:
            nonlocal failure
            if message["type"] == FAILED:
                failure = message
            else:
                await send(message)

        try:
            await self.app(scope, receive, hold_failure)
        except StartupError as error:
            await send({"type": FAILED, "message": str(error)})
            raise
        except BaseException:
            if failure:
                await send(failure)
            raise
