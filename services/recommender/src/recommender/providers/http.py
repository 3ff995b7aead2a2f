"""Calls JSON APIs of providers, and turns failures into ProviderFailed."""

from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from recommender.providers.protocol import ProviderFailed

# Longer than any request waits, so that a late result still reaches the cache.
TIMEOUT = httpx.Timeout(5.0, connect=2.0)

Body = TypeVar("Body", bound=BaseModel)


def call(client: httpx.Client, method: str, url: str, **request: Any) -> httpx.Response:
    """Send a request once. Raises ProviderFailed if no response comes, or one with a 5xx status.

    The message names only the type of the error, because its text may quote a header with a secret.
    """
    try:
        response = client.request(method, url, **request)
    except httpx.HTTPError as error:
        raise ProviderFailed(type(error).__name__) from None
    if response.is_server_error:
        raise ProviderFailed(f"status {response.status_code}")
    return response


def parsed(model: type[Body], response: httpx.Response) -> Body:
    """Return the body of a response. Raises ProviderFailed unless the status is 200 and the body fits `model`."""
    if response.status_code != httpx.codes.OK:
        raise ProviderFailed(f"status {response.status_code}")
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        raise ProviderFailed("unreadable response") from None


def retry_after(value: str) -> float | None:
    """Return the seconds of a Retry-After header, or None if the value is not a number (RFC 9110, 10.2.3)."""
    return float(value) if value.isascii() and value.isdigit() else None
