"""Fixtures for all tests."""

from collections.abc import Iterator

import pytest
from support.photos import Pixels, astronaut_pixels, encode
from support.redis import RedisServer


@pytest.fixture(scope="session")
def astronaut_rgb() -> Pixels:
    """The astronaut's photo, uint8 (512, 512, 3)."""
    return astronaut_pixels()


@pytest.fixture(scope="session")
def astronaut(astronaut_rgb: Pixels) -> bytes:
    """The astronaut's photo as a JPEG file's bytes."""
    return encode(astronaut_rgb, quality=92)


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A real Redis for this test only. Skips the test if redis-server is not installed."""
    if not RedisServer.available():
        pytest.skip("redis-server is not installed on this machine")
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """URL of the Redis of this test."""
    return redis_server.url
