"""What a recommendation meets: the embedded app as a user starts it, a real Redis, and the fake of Spotify."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from support.redis import RedisServer
from support.server import free_port
from support.waiting import wait_until

START_S = 60


@dataclass(frozen=True)
class Stage:
    """A server on loopback, and what it asks."""

    port: int
    redis: RedisServer
    spotify: SpotifyFake

    @property
    def spotify_calls(self) -> int:
        """Return how often the fake was asked so far, tokens aside."""
        return self.spotify.calls["search"] + self.spotify.calls["track"]


@contextmanager
def stage(folder: Path, spotify: SpotifyFake, spotify_url: str | None) -> Iterator[Stage]:
    """Start an empty Redis and a server; the database in the folder outlives them. Without a URL no credentials."""
    spotify.recover()
    with RedisServer() as redis:
        environment = _settings(folder, redis.url) | _spotify_settings(spotify_url)
        with _served(environment) as port:
            yield Stage(port, redis, spotify)


def _settings(folder: Path, redis_url: str) -> dict[str, str]:
    return {
        "GATEWAY_RATE_LIMIT": "1000000/second",  # counted, as in earnest, and never reached
        "GATEWAY_REDIS_URL": redis_url,
        "GATEWAY_LOG_LEVEL": "WARNING",
        "RECOMMENDER_REDIS_URL": redis_url,
        "RECOMMENDER_DATABASE_URL": f"sqlite:///{folder}/catalogue.db",
    }


def _spotify_settings(url: str | None) -> dict[str, str]:
    return {
        "RECOMMENDER_SPOTIFY_CLIENT_ID": CLIENT_ID if url else "",
        "RECOMMENDER_SPOTIFY_CLIENT_SECRET": CLIENT_SECRET if url else "",
        "RECOMMENDER_SPOTIFY_API_URL": f"{url}/v1/" if url else "",
        "RECOMMENDER_SPOTIFY_ACCOUNTS_URL": f"{url}/api/token" if url else "",
    }


@contextmanager
def _served(settings: Mapping[str, str]) -> Iterator[int]:
    port = free_port()
    command = [str(Path(sys.executable).with_name("musicalface")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: _is_ready(port), START_S)
            yield port
        finally:
            process.terminate()


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready").is_success
    except httpx.HTTPError:
        return False
