"""Clients that are closed."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A plain client that waits no longer than a test should."""
    with httpx.Client(timeout=2) as client:
        yield client
