"""The requests that no limit may refuse: health and metrics."""

from starlette.types import Scope

OPERATIONS = ("/health/", "/metrics")


def is_operational(scope: Scope) -> bool:
    """Return whether a request is for health or metrics, which no limit may refuse."""
    return str(scope["path"]).startswith(OPERATIONS)
