"""The measured system: the embedded server in a process of its own, a real Redis, and the fake Spotify."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from support.redis import RedisServer

from bench.server_process import MUSICALFACE, server_process


@dataclass(frozen=True)
class System:
    """A running server on loopback, its Redis and its Spotify."""

    port: int
    redis: RedisServer
    spotify: SpotifyFake

    @property
    def spotify_calls(self) -> int:
        """The number of calls to the fake Spotify so far, without token requests."""
        return self.spotify.calls["search"] + self.spotify.calls["track"]


@contextmanager
def running_system(folder: Path, spotify: SpotifyFake, spotify_url: str | None) -> Iterator[System]:
    """Start an empty Redis, and a server with a database in `folder`, which is kept. No URL: no Spotify credentials."""
    spotify.recover()
    with RedisServer() as redis:
        settings = _settings(folder, redis.url) | _spotify_settings(spotify_url)
        with server_process(MUSICALFACE, settings) as server:
            server.wait_until_ready()
            yield System(server.port, redis, spotify)


def _settings(folder: Path, redis_url: str) -> dict[str, str]:
    return {
        "GATEWAY_RATE_LIMIT": "1000000/second",  # requests are counted as in production, but never refused
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
