from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import httpx
import pytest
from fakes.services import HAPPY, face_service, lyrics_service, recommender_service
from fastapi import FastAPI
from support.server import serve

from gateway.app import create_app
from gateway.settings import Settings

TOKEN = "a-token-for-the-metrics"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}


class OpenGateway(Protocol):
    def __call__(self, **settings: Any) -> httpx.Client: ...


@pytest.fixture(scope="session")
def services() -> Iterator[dict[str, FastAPI]]:
    """Fakes of the three services, on sockets. `app.state.url` is the URL of each."""
    apps = {
        "face_emotion": face_service(HAPPY),
        "lyrics_mood": lyrics_service(),
        "recommender": recommender_service(),
    }
    with ExitStack() as stack:
        for app in apps.values():
            app.state.url = stack.enter_context(serve(app))
        yield apps


@pytest.fixture
def open_gateway(services: dict[str, FastAPI]) -> Iterator[OpenGateway]:
    """A function that serves a gateway with these settings and returns a client of it, which may read the metrics."""
    with ExitStack() as stack:

        def opened(**settings: Any) -> httpx.Client:
            urls = {f"{name}_url": app.state.url for name, app in services.items()}
            app = create_app(Settings.model_validate({"rate_limit": "0", "metrics_token": TOKEN, **urls, **settings}))
            url = stack.enter_context(serve(app))
            return stack.enter_context(httpx.Client(base_url=url, headers=WITH_TOKEN))

        yield opened


@pytest.fixture(scope="session")
def gateway(services: dict[str, FastAPI]) -> Iterator[httpx.Client]:
    """A client of a gateway without a rate limit, which may read the metrics; other settings are the defaults."""
    urls = {f"{name}_url": app.state.url for name, app in services.items()}
    app = create_app(Settings.model_validate({"rate_limit": "0", "metrics_token": TOKEN, **urls}))
    with serve(app) as url, httpx.Client(base_url=url, headers=WITH_TOKEN) as client:
        yield client


@pytest.fixture
def last_call(services: dict[str, FastAPI]) -> Any:
    """A function that returns the last call of a fake service, by the service's name."""
    return lambda name: services[name].state.calls[-1]
