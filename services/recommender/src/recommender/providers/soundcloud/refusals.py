"""Turns refused calls into ProviderLimited: too many requests, or wrong credentials.

https://developers.soundcloud.com/docs/api/rate-limits
"""

from datetime import UTC, datetime
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, BeforeValidator, ValidationError

from recommender.providers.http import retry_after
from recommender.providers.protocol import ProviderLimited

CREDENTIALS_SECONDS = 3600.0
RATE_SECONDS = 3600.0


def _read_time(value: Any) -> datetime:
    return datetime.strptime(str(value), "%Y/%m/%d %H:%M:%S %z")


class Meta(BaseModel):
    reset_time: Annotated[datetime, BeforeValidator(_read_time)]


class Error(BaseModel):
    meta: Meta


class Limits(BaseModel):
    errors: list[Error]


def raise_if_limited(response: httpx.Response) -> None:
    """Raise ProviderLimited if SoundCloud refused the call because of a limit or the credentials."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        seconds = retry_after(response.headers.get("Retry-After", ""))
        raise ProviderLimited(_seconds_to_reset(response) if seconds is None else seconds, "rate-limit")
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise ProviderLimited(CREDENTIALS_SECONDS, "credentials")


def _seconds_to_reset(response: httpx.Response) -> float:
    """Return the seconds until the last limit in the body ends, or 3600 if the body names no limit."""
    try:
        errors = Limits.model_validate_json(response.content).errors
    except ValidationError:
        return RATE_SECONDS
    left = ((error.meta.reset_time - datetime.now(UTC)).total_seconds() for error in errors)
    return max(left, default=RATE_SECONDS)
