"""What is said when an app cannot start for want of something that its user can put right: one line, no traceback."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FAILED = "lifespan.startup.failed"


class StartupError(Exception):
    """What an app cannot start for; the message is all that there is to say."""


class OneLineFailure:
    """Replaces the traceback that the framework gives to the server by a StartupError's own message."""

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
