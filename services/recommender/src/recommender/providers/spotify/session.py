"""HTTP sessions for spotipy. They turn a refused request into an error by its status, before spotipy handles it."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import requests

from recommender.providers.http import retry_after
from recommender.providers.protocol import ProviderFailed, ProviderLimited, Reason

TIMEOUT_SECONDS = 4.0
# Cooldown after a refusal without a duration.
REFUSED_SECONDS = 3600.0


class Refused(ProviderFailed):
    """Spotify refused this request with `status`, a 4xx. Other requests may succeed."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def open_session(limit_statuses: Mapping[int, Reason]) -> requests.Session:
    """Open a session that never repeats a request and never waits.

    A request raises ProviderLimited for a 429 and the statuses in `limit_statuses`, Refused for another 4xx,
    ProviderFailed for a 5xx, and requests.RequestException if no response comes.
    """
    session = requests.Session()
    session.hooks["response"].append(partial(_check, limit_statuses))
    return session


def _check(limit_statuses: Mapping[int, Reason], response: requests.Response, **_: Any) -> None:
    if response.ok:
        return
    text = response.text  # reading it to its end frees the connection
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _limit(retry_after(response.headers.get("Retry-After", "")), text)
    if status in limit_statuses:
        raise ProviderLimited(REFUSED_SECONDS, limit_statuses[status])
    raise Refused(status) if status < HTTPStatus.INTERNAL_SERVER_ERROR else ProviderFailed(f"status {status}")


def _limit(seconds: float | None, text: str) -> ProviderLimited:
    """Return the error for a 429. If Spotify does not say when the limit ends, the quota is used up: wait an hour.

    https://developer.spotify.com/documentation/web-api/references/changes/july-2026
    """
    if seconds is None:
        return ProviderLimited(REFUSED_SECONDS, "quota")
    return ProviderLimited(seconds, "quota" if "QUOTA_EXCEEDED" in text else "rate-limit")
