"""The tokens that an OAuth server gives out, and who asks for them."""

import base64
import binascii
import secrets
import time

from starlette.datastructures import FormData
from starlette.requests import Request

CLIENT_ID = "fake-client-id"
CLIENT_SECRET = "fake-client-secret"


class Tokens:
    """Access tokens that live for so many seconds."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._expiries: dict[str, float] = {}

    def issue(self) -> str:
        """Give out a new token."""
        token = secrets.token_urlsafe(64)
        self._expiries[token] = time.monotonic() + self.seconds
        return token

    def expire(self) -> None:
        """End all tokens given out so far."""
        self._expiries = dict.fromkeys(self._expiries, 0.0)

    def is_known(self, token: str) -> bool:
        """Tell whether the token was given out here."""
        return token in self._expiries

    def is_valid(self, token: str) -> bool:
        """Tell whether the token was given out here and lives."""
        return self._expiries.get(token, 0.0) > time.monotonic()


def bearer(request: Request, scheme: str) -> str | None:
    """Return the token of a request's Authorization header, None where it is of another scheme or missing."""
    given, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if given.casefold() == scheme.casefold() else None


def is_the_client(request: Request, form: FormData) -> bool:
    """Tell whether a token request names the one client that there is, by Basic or in its form (RFC 6749, 2.3.1)."""
    basic = bearer(request, "Basic")
    if basic is None:
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
    try:
        return base64.b64decode(basic, validate=True).decode() == f"{CLIENT_ID}:{CLIENT_SECRET}"
    except (binascii.Error, UnicodeDecodeError):
        return False
