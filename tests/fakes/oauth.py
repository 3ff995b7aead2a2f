"""Access tokens of the fake OAuth servers, and the check of client credentials."""

import base64
import binascii
import secrets
import time

from starlette.datastructures import FormData
from starlette.requests import Request

CLIENT_ID = "fake-client-id"
CLIENT_SECRET = "fake-client-secret"


class Tokens:
    """Issued access tokens. Each expires after `seconds`."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self._expiries: dict[str, float] = {}

    def issue(self) -> str:
        """Return a new token."""
        token = secrets.token_urlsafe(64)
        self._expiries[token] = time.monotonic() + self.seconds
        return token

    def expire(self) -> None:
        """Make all tokens invalid that were issued so far."""
        self._expiries = dict.fromkeys(self._expiries, 0.0)

    def is_known(self, token: str) -> bool:
        """Return whether the token was issued here, expired or not."""
        return token in self._expiries

    def is_valid(self, token: str) -> bool:
        """Return whether the token was issued here and has not expired."""
        return self._expiries.get(token, 0.0) > time.monotonic()


def bearer(request: Request, scheme: str) -> str | None:
    """Return the token of the Authorization header, or None if the header is missing or has another scheme."""
    given, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if given.casefold() == scheme.casefold() else None


def has_client_credentials(request: Request, form: FormData) -> bool:
    """Return whether a token request has the right client credentials, in Basic or in the form (RFC 6749, 2.3.1)."""
    basic = bearer(request, "Basic")
    if basic is None:
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
    try:
        return base64.b64decode(basic, validate=True).decode() == f"{CLIENT_ID}:{CLIENT_SECRET}"
    except (binascii.Error, UnicodeDecodeError):
        return False
