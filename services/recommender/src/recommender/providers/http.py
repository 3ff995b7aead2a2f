"""One call to a provider's JSON API, and the errors that it can end with."""

from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from recommender.providers.protocol import ProviderFailed

# Longer than any request waits: a late answer still reaches the cache.
TIMEOUT = httpx.Timeout(5.0, connect=2.0)

Body = TypeVar("Body", bound=BaseModel)


def call(client: httpx.Client, method: str, url: str, **request: Any) -> httpx.Response:
    """Send a request once. Raises ProviderFailed where no response comes, and for a 5xx.

    The message names only the kind of error: the error's own text may quote a header, and so a secret.
    """
    try:
        response = client.request(method, url, **request)
    except httpx.HTTPError as error:
        raise ProviderFailed(type(error).__name__) from None
    if response.is_server_error:
        raise ProviderFailed(f"status {response.status_code}")
    return response


def parsed(model: type[Body], response: httpx.Response) -> Body:
    """Read the body of a 200. Raises ProviderFailed for another status, and for a body that does not fit the model."""
    if response.status_code != httpx.codes.OK:
        raise ProviderFailed(f"status {response.status_code}")
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        raise ProviderFailed("unreadable answer") from None


def retry_after(value: str) -> float | None:
    """Return the seconds of a Retry-After header, None where the value is no number (RFC 9110, 10.2.3)."""
    return float(value) if value.isascii() and value.isdigit() else None
