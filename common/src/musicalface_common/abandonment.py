"""Cancels a request whose client has gone, so that work which waits for a thread or for another service is dropped."""

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AbandonmentMiddleware:
    """Watches the connection from the end of a request's body to the start of the response.

    Cancels the request and raises ClientDisconnect if the client goes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:
            return await self.app(scope, receive, send)
        watch = _Watch(receive, send, task)
        try:
            return await self.app(scope, watch.receive, watch.send)
        except asyncio.CancelledError:
            if not watch.client_has_gone:
                raise
            task.uncancel()
            raise ClientDisconnect from None
        finally:
            watch.stop()


class _Watch:
    """One request's connection."""

    def __init__(self, receive: Receive, send: Send, request: asyncio.Task[object]) -> None:
        self.client_has_gone = False
        self._receive = receive
        self._send = send
        self._request = request
        self._waiting: asyncio.Task[None] | None = None

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body") and self._waiting is None:
            self._waiting = asyncio.create_task(self._wait_for_end())
        return message

    async def send(self, message: Message) -> None:
        self.stop()
        await self._send(message)

    def stop(self) -> None:
        if self._waiting:
            self._waiting.cancel()

    async def _wait_for_end(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.client_has_gone = True
        self._request.cancel()
