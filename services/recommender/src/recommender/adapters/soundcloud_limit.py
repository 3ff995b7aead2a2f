"""What SoundCloud says when an application asks too often, or may not ask at all.

https://developers.soundcloud.com/docs/api/rate-limits
"""

from datetime import UTC, datetime
from typing import Annotated, Any

import httpx
from pydantic import BaseModel, BeforeValidator, ValidationError

from recommender.adapters.retry_after import retry_after
from recommender.adapters.sources import ProviderLimited

CREDENTIALS_SECONDS = 3600.0
RATE_SECONDS = 3600.0


def _read_time(said: Any) -> datetime:
    return datetime.strptime(str(said), "%Y/%m/%d %H:%M:%S %z")


class Meta(BaseModel):
    reset_time: Annotated[datetime, BeforeValidator(_read_time)]


class Error(BaseModel):
    meta: Meta


class Limits(BaseModel):
    errors: list[Error]


def refuse_limits(response: httpx.Response) -> None:
    """Raise ProviderLimited where a call was refused, be it by a limit or because of the credentials."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        said = retry_after(response.headers.get("Retry-After", ""))
        raise ProviderLimited(_seconds_to_reset(response) if said is None else said, "rate-limit")
    if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise ProviderLimited(CREDENTIALS_SECONDS, "credentials")


def _seconds_to_reset(response: httpx.Response) -> float:
    """Return when the last of the limits ends, as the body says, or an hour where it does not."""
    try:
        errors = Limits.model_validate_json(response.content).errors
    except ValidationError:
        return RATE_SECONDS
    left = ((error.meta.reset_time - datetime.now(UTC)).total_seconds() for error in errors)
    return max(left, default=RATE_SECONDS)
