"""Requests for health and metrics, which no limit on the number of requests refuses."""

from starlette.types import Scope

OPERATIONS = ("/health/", "/metrics")


def is_operational(scope: Scope) -> bool:
    """Return whether a request is for health or metrics."""
    return str(scope["path"]).startswith(OPERATIONS)
