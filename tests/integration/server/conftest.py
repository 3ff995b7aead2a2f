from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from support.plain_app import create_app
from support.server import serve

from musicalface_common.limits.admission import Clients, SlowCalls
from musicalface_common.settings import ServiceSettings


@pytest.fixture
def open_server() -> Iterator[Callable[..., str]]:
    """A function that serves the plain app with the given settings, as in production, and returns its URL."""
    with ExitStack() as stack:

        def opened(clients: Clients | None = None, slow: SlowCalls | None = None, **settings: Any) -> str:
            return stack.enter_context(serve(create_app(ServiceSettings(**settings), clients=clients, slow=slow)))

        yield opened


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """URL of the plain app with the default settings."""
    with serve(create_app()) as url:
        yield url
