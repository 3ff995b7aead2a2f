"""The id that follows one request through every hop and every log line."""

import re
import secrets

import structlog

REQUEST_ID_HEADER = "x-request-id"
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{8,64}")


def accept_request_id(offered: str | None) -> str:
    """Keep a well-formed id that the caller sent, so that hops share it; make one otherwise."""
    return offered if offered and _ACCEPTED.fullmatch(offered) else secrets.token_hex(8)


def current_request_id() -> str:
    """Return the id of the request being served, or an empty string outside of one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
