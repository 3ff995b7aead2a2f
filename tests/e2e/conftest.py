from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from support.server import serve

from gateway.settings import Settings
from musicalface.embedded import create_embedded_app


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a new catalogue database, which the environment variable also gives to programs that tests start."""
    with pytest.MonkeyPatch.context() as environment:
        url = f"sqlite:///{tmp_path_factory.mktemp('catalogue') / 'catalogue.db'}"
        environment.setenv("RECOMMENDER_DATABASE_URL", url)
        yield url


@pytest.fixture(scope="session")
def server(database: str) -> Iterator[str]:
    """URL of all services in one process, under a real uvicorn."""
    with serve(create_embedded_app(Settings(rate_limit="0"))) as url:
        yield url


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory, astronaut: bytes) -> Path:
    """The astronaut's photo as a file."""
    path = tmp_path_factory.mktemp("photos") / "face.jpg"
    path.write_bytes(astronaut)
    return path
