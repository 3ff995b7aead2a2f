"""One call to a provider's JSON API, and what its failures mean."""

from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from recommender.adapters.sources import ProviderFailed

# Longer than any request waits: what comes later still reaches the cache.
TIMEOUT = httpx.Timeout(5.0, connect=2.0)

Body = TypeVar("Body", bound=BaseModel)


def call(client: httpx.Client, method: str, url: str, **request: Any) -> httpx.Response:
    """Send a request, never twice. Raises ProviderFailed where nothing comes, or a server's own failure.

    The message names the kind of error alone: its text may quote a header, and so a secret.
    """
    try:
        response = client.request(method, url, **request)
    except httpx.HTTPError as error:
        raise ProviderFailed(type(error).__name__) from None
    if response.is_server_error:
        raise ProviderFailed(f"status {response.status_code}")
    return response


def parsed(model: type[Body], response: httpx.Response) -> Body:
    """Read a good answer. Raises ProviderFailed for any other status and for what is not in the contract."""
    if response.status_code != httpx.codes.OK:
        raise ProviderFailed(f"status {response.status_code}")
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        raise ProviderFailed("unreadable answer") from None
