"""HTTP sessions for spotipy that tell a refusal by its status, before spotipy turns it into words."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import requests

from recommender.adapters.retry_after import retry_after
from recommender.adapters.sources import ProviderFailed, ProviderLimited, Reason

TIMEOUT_SECONDS = 4.0
# For a refusal that does not say for how long it holds.
REFUSED_SECONDS = 3600.0


class Refused(ProviderFailed):
    """Spotify said no to this one request."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def open_session(lasting: Mapping[int, Reason]) -> requests.Session:
    """Open a session that neither repeats a request nor waits.

    Its requests raise ProviderLimited for a 429 and for a status that is a `lasting` refusal, else Refused (4xx) or
    ProviderFailed (5xx), beside what requests itself raises.
    """
    session = requests.Session()
    session.hooks["response"].append(partial(_check, lasting))
    return session


def _check(lasting: Mapping[int, Reason], response: requests.Response, **_: Any) -> None:
    if response.ok:
        return
    text = response.text  # read to its end, so that the connection can be used again
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _limit(retry_after(response.headers.get("Retry-After", "")), text)
    if status in lasting:
        raise ProviderLimited(REFUSED_SECONDS, lasting[status])
    raise Refused(status) if status < HTTPStatus.INTERNAL_SERVER_ERROR else ProviderFailed(f"status {status}")


def _limit(said: float | None, text: str) -> ProviderLimited:
    """Read a 429. One for a quota that is used up may not say when it is new.

    https://developer.spotify.com/documentation/web-api/references/changes/july-2026
    """
    if said is None:
        return ProviderLimited(REFUSED_SECONDS, "quota")
    return ProviderLimited(said, "quota" if "QUOTA_EXCEEDED" in text else "rate-limit")
