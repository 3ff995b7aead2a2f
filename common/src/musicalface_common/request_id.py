"""The request id: the same in all services and all log lines of a request."""

import re
import secrets

import structlog

REQUEST_ID_HEADER = "x-request-id"
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{8,64}")


def accept_request_id(offered: str | None) -> str:
    """Return the id that the caller sent if it is well-formed, else a new one."""
    return offered if offered and _ACCEPTED.fullmatch(offered) else secrets.token_hex(8)


def current_request_id() -> str:
    """Return the id of the current request, or an empty string outside a request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
