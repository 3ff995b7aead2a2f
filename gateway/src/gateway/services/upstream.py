"""Calls to a service: they send the request's id and deadline, and raise the service's errors as the gateway's own."""

import asyncio
import random
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from musicalface_common.deadline import DEADLINE_HEADER, remaining_seconds
from musicalface_common.errors import (
    KNOWN_PROBLEMS,
    PROBLEM_JSON,
    Problem,
    ProblemDetails,
    UpstreamUnavailable,
)
from musicalface_common.request_id import REQUEST_ID_HEADER, current_request_id

ResponseModel = TypeVar("ResponseModel", bound=BaseModel)
RETRY_PAUSE_SECONDS = (0.02, 0.1)
# Servers close an idle connection after 5 s. The gateway closes it first, so it never sends on a closing one.
KEEP_ALIVE_SECONDS = 2.0


class Upstream:
    """A service behind the gateway. `async with` opens and closes its connections."""

    def __init__(self, name: str, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.name = name
        # The deadline limits each call. The transport within one process would ignore a timeout.
        self.client = httpx.AsyncClient(
            base_url=url,
            transport=transport,
            timeout=None,  # noqa: S113
            limits=httpx.Limits(max_connections=100, keepalive_expiry=KEEP_ALIVE_SECONDS),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.__aexit__(kind, error, trace)

    async def call(
        self, method: str, path: str, response_model: type[ResponseModel], *, retries: int = 0, **request: Any
    ) -> ResponseModel:
        """Send a request and return the body of the response. `request` is passed on to httpx.

        Raises the problem that the service responds with, and UpstreamUnavailable if the service cannot be reached or
        breaks its contract. If the connection fails, the call is retried `retries` times; only calls that change
        nothing may be retried. The caller sets the deadline.
        """
        try:
            response = await self._send(method, path, retries, request)
        except httpx.HTTPError as error:
            raise UpstreamUnavailable(f"{self.name} cannot be reached") from error
        if response.status_code != httpx.codes.OK:
            raise self._problem(response)
        try:
            return response_model.model_validate_json(response.content)
        except ValidationError as error:
            raise UpstreamUnavailable(f"{self.name} sent a response that breaks its contract") from error

    async def _send(self, method: str, path: str, retries: int, request: dict[str, Any]) -> httpx.Response:
        try:
            return await self.client.request(method, path, headers=_forwarded_headers(), **request)
        except httpx.TransportError:
            if not retries:
                raise
        await asyncio.sleep(random.uniform(*RETRY_PAUSE_SECONDS))  # noqa: S311 - jitter needs no secure random
        return await self._send(method, path, retries - 1, request)

    def _problem(self, response: httpx.Response) -> Problem:
        details = _problem_details(response)
        kind = KNOWN_PROBLEMS.get(details.type) if details else None
        if details is None or kind is None:
            return UpstreamUnavailable(f"{self.name} responded with status {response.status_code}")
        wait = response.headers.get("retry-after")
        return kind(details.detail, headers={"Retry-After": wait} if wait else None)


def _forwarded_headers() -> dict[str, str]:
    """Return the headers that tell the service the request's id and the milliseconds until its deadline."""
    headers = {REQUEST_ID_HEADER: current_request_id()}
    remaining = remaining_seconds()
    if remaining is not None:
        headers[DEADLINE_HEADER] = str(int(remaining * 1000))
    return headers


def _problem_details(response: httpx.Response) -> ProblemDetails | None:
    if not response.headers.get("content-type", "").startswith(PROBLEM_JSON):
        return None
    try:
        return ProblemDetails.model_validate_json(response.content)
    except ValidationError:
        return None
