"""How the service starts, why it does not start, and what it does when its database goes away."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from support.mariadb import MariaDBServer
from support.server import free_port, serve

from recommender.app import create_app
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import HEADER, FactsFile
from recommender.catalogue.loading import load
from recommender.settings import Settings

SONG = dict.fromkeys(HEADER, "") | {
    **{"id": "3f2a9c1b7d40", "artist": "Bill Withers", "title": "Lovely Day"},
    **{"angry": "0.1", "sad": "0.1", "happy": "0.7", "relaxed": "0.1"},
}
START = "import sys, uvicorn; uvicorn.run('recommender.app:create_app', factory=True, port=int(sys.argv[1]))"


def start(**settings: str) -> list[str]:
    """Start the service in another process, which must fail. Return the error lines that it prints."""
    environment = {f"RECOMMENDER_{name}": value for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-c", START, str(free_port())],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=environment,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    return [line for line in done.stderr.splitlines() if "error" in line.casefold()]


@pytest.fixture
def unreachable() -> str:
    """The URL of a database server that does not run."""
    return f"mariadb+pymysql://user:secret@127.0.0.1:{free_port()}/songs"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:////proc/none/catalogue.db", "cannot be opened"),
        ("nonsense", "is invalid"),
        ("postgresql://127.0.0.1/songs", "must be sqlite"),
        ("mariadb://127.0.0.1/songs", "cannot be opened"),
    ],
)
def test_a_wrong_database_is_reported_in_one_line(url: str, says: str) -> None:
    reason, last = start(DATABASE_URL=url, LOG_FORMAT="console")
    assert says in reason
    assert "Application startup failed" in last


def test_an_unreachable_database_is_reported_without_its_password(unreachable: str) -> None:
    reason, _ = start(DATABASE_URL=unreachable)
    assert "127.0.0.1" in reason
    assert "Can't connect" in reason
    assert "secret" not in reason


def test_a_broken_catalogue_is_reported_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(b"no gzip")
    reason, _ = start(CATALOGUE_FILE=str(broken), DATABASE_URL=f"sqlite:///{tmp_path}/catalogue.db")
    assert "broken.csv.gz is broken" in reason


def test_a_file_that_is_not_a_database_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"something else" * 100)
    reason, _ = start(DATABASE_URL=f"sqlite:///{tmp_path}/catalogue.db")
    assert "file is not a database" in reason


@pytest.fixture
def client(mariadb: MariaDBServer, facts_file: Path) -> Iterator[httpx.Client]:
    settings = Settings(database_url=mariadb.new_database(), catalogue_file=facts_file)
    with serve(create_app(settings)) as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        yield client


def test_a_database_that_goes_away_is_reported_and_used_when_it_is_back(
    client: httpx.Client, mariadb: MariaDBServer
) -> None:
    assert client.get("/v1/tracks").status_code == 200
    mariadb.kill()
    gone = client.get("/v1/tracks")
    assert (gone.status_code, gone.json()["type"]) == (503, "upstream-unavailable")
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["dependencies"]["database"]) == (200, "away")
    mariadb.start()
    assert client.get("/v1/tracks").status_code == 200
    assert client.get("/health/ready").json()["dependencies"]["database"] == "ok"


def test_running_services_serve_a_catalogue_that_is_loaded_later(
    database_url: str, facts_file: Path, write_facts: Callable[[list[dict[str, str]]], Path]
) -> None:
    wish = {"mood": "happy", "scores": {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}}
    with (
        serve(create_app(Settings(database_url=database_url, catalogue_file=facts_file))) as base_url,
        httpx.Client(base_url=base_url) as client,
        open_engine(database_url) as engine,
    ):
        assert len(client.post("/v1/recommendations", json=wish).json()["tracks"]) == 10
        load(engine, FactsFile(write_facts([SONG])))
        give_up = time.monotonic() + 60
        while len(tracks := client.post("/v1/recommendations", json=wish).json()["tracks"]) == 10:
            assert time.monotonic() < give_up
            time.sleep(0.1)
        assert [track["id"] for track in tracks] == [SONG["id"]]
