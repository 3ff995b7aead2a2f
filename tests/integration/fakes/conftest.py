"""The HTTP client of the fakes' tests."""

from collections.abc import Iterator

import httpx
import pytest


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """An HTTP client with a timeout of 2 s."""
    with httpx.Client(timeout=2) as client:
        yield client
