"""What the TCP proxy does to connections."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fakes.songs import Song
from fakes.youtube import API_KEY, YouTubeFake
from support.server import serve
from support.tcp_proxy import TcpProxy

QUERY = {"part": "snippet", "q": "night", "key": API_KEY}


@pytest.fixture
def fake() -> YouTubeFake:
    return YouTubeFake([Song("The Lanterns", "Night")])


@pytest.fixture
def proxy(fake: YouTubeFake) -> Iterator[TcpProxy]:
    with serve(fake.app) as base_url, TcpProxy("127.0.0.1", int(base_url.rpartition(":")[2])) as proxy:
        yield proxy


def ask(http: httpx.Client, proxy: TcpProxy) -> int:
    return http.get(f"http://{proxy.address}/youtube/v3/search", params=QUERY).status_code


def test_it_passes_on_and_takes_its_time(http: httpx.Client, proxy: TcpProxy) -> None:
    assert ask(http, proxy) == 200
    proxy.latency = 0.1
    started = time.monotonic()
    assert ask(http, proxy) == 200
    assert time.monotonic() - started >= 0.2


def test_it_resets_connections_and_takes_new_ones(http: httpx.Client, proxy: TcpProxy, fake: YouTubeFake) -> None:
    fake.delay = 5.0
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(ask, http, proxy)
        while not fake.calls["search"]:
            time.sleep(0.01)
        proxy.reset_all()
        with pytest.raises(httpx.ReadError, match="reset by peer"):
            asked.result()
    fake.recover()
    assert ask(http, proxy) == 200


def test_it_refuses_until_restored(http: httpx.Client, proxy: TcpProxy) -> None:
    ask(http, proxy)
    proxy.cut()
    with pytest.raises(httpx.ConnectError, match="refused"):
        ask(http, proxy)
    proxy.restore()
    assert ask(http, proxy) == 200


def test_it_holds_until_restored(proxy: TcpProxy) -> None:
    proxy.cut(hold=True)
    with httpx.Client(timeout=0.2) as hasty, pytest.raises(httpx.ReadTimeout):
        ask(hasty, proxy)
    proxy.restore()
    with httpx.Client(timeout=2) as http:
        assert ask(http, proxy) == 200
