"""The one way to call a service: within the deadline, under the request's id, its errors made ours."""

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

Answer = TypeVar("Answer", bound=BaseModel)
RETRY_PAUSE_S = (0.02, 0.1)
# Shorter than the 5 s that a server keeps an idle connection: never send on one that it is closing.
KEEP_ALIVE_S = 2.0


class Upstream:
    """A service behind the gateway. Open it with `async with`."""

    def __init__(self, name: str, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.name = name
        # No timeout here: the transport that stays in the process knows none, so the deadline holds both.
        self.client = httpx.AsyncClient(
            base_url=url,
            transport=transport,
            timeout=None,  # noqa: S113
            limits=httpx.Limits(max_connections=100, keepalive_expiry=KEEP_ALIVE_S),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.__aexit__(kind, error, trace)

    async def call(self, method: str, path: str, answer: type[Answer], *, retries: int = 0, **request: Any) -> Answer:
        """Return what the service answers. Raises its own problem again, or UpstreamUnavailable.

        Retries are for reads alone, and only where the connection failed. The caller holds the deadline.
        """
        try:
            response = await self._send(method, path, retries, request)
        except httpx.HTTPError as error:
            raise UpstreamUnavailable(f"{self.name} cannot be reached") from error
        if response.status_code != httpx.codes.OK:
            raise self._problem(response)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise UpstreamUnavailable(f"{self.name} answered what is not in its contract") from error

    async def _send(self, method: str, path: str, retries: int, request: dict[str, Any]) -> httpx.Response:
        try:
            return await self.client.request(method, path, headers=hop_headers(), **request)
        except httpx.TransportError:
            if not retries:
                raise
        await asyncio.sleep(random.uniform(*RETRY_PAUSE_S))  # noqa: S311 - jitter is no secret
        return await self._send(method, path, retries - 1, request)

    def _problem(self, response: httpx.Response) -> Problem:
        details = _problem_details(response)
        kind = KNOWN_PROBLEMS.get(details.type) if details else None
        if details is None or kind is None:
            return UpstreamUnavailable(f"{self.name} answered with status {response.status_code}")
        wait = response.headers.get("retry-after")
        return kind(details.detail, headers={"Retry-After": wait} if wait else None)


def hop_headers() -> dict[str, str]:
    """Return the headers that carry the request's id and what is left of its deadline to the next hop."""
    headers = {REQUEST_ID_HEADER: current_request_id()}
    left = remaining_seconds()
    if left is not None:
        headers[DEADLINE_HEADER] = str(int(left * 1000))
    return headers


def _problem_details(response: httpx.Response) -> ProblemDetails | None:
    if not response.headers.get("content-type", "").startswith(PROBLEM_JSON):
        return None
    try:
        return ProblemDetails.model_validate_json(response.content)
    except ValidationError:
        return None
