import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from support.mariadb import MariaDBServer
from support.server import serve

from musicalface_common.vocabulary import MOODS
from recommender.app import create_app
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import HEADER
from recommender.settings import Settings

Facts = dict[str, str]
WriteFacts = Callable[[list[Facts]], Path]

ODD_TITLES = ["100% Love_Song", "Café — Señorita", "'; DROP TABLE tracks; --", "❤ Emoji 😀", "Straße 東京"]


def made_up_songs(count: int) -> list[Facts]:
    """Make songs of all moods, four per artist. Every seventh has an odd title."""
    random_ = random.Random(0)
    return [made_up_song(number, random_) for number in range(count)]


def made_up_song(number: int, random_: random.Random) -> Facts:
    weights = [random_.random() for _ in MOODS]
    weights[number % 4] += 2
    known = number % 3 == 0
    odd = ODD_TITLES[number // 7 % len(ODD_TITLES)]
    return {
        "id": f"{number * 2_654_435_761 % 16**12:012x}",
        "artist": f"Artist {number // 4}",
        "title": f"{odd} {number}" if number % 7 == 0 else f"Song {number}",
        "year": str(1960 + number % 60) if known else "",
        "genres": ("rock", "R&B")[number % 2] if known else "",
        "language": ("en", "es")[number % 2],
        "explicit": ("1", "0", "")[number % 3],
        "spotify_id": f"{number:022d}" if known else "",
        "tag_mood": MOODS[number % 4] if number % 5 == 0 else "",
        "listeners": str(number) if number % 2 else "",
        **{mood: f"{weight / sum(weights):.4f}" for mood, weight in zip(MOODS, weights, strict=True)},
    }


def write(path: Path, songs: list[Facts]) -> Path:
    """Write songs as a facts file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(songs)
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    return path


@pytest.fixture
def write_facts(tmp_path: Path) -> WriteFacts:
    """Write songs as a facts file. Each call overwrites the same file."""
    return partial(write, tmp_path / "catalogue.csv.gz")


@pytest.fixture(scope="session")
def write_to() -> Callable[[Path, list[Facts]], Path]:
    """Write songs as a facts file with this path."""
    return write


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    """A facts file of a thousand made-up songs."""
    return write(tmp_path / "thousand.csv.gz", made_up_songs(1000))


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaDBServer]:
    """A real MariaDB server, started for the tests."""
    if not MariaDBServer.available():
        pytest.skip("mariadb-server is not installed on this machine")
    with MariaDBServer() as server:
        yield server


def new_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """Return the URL of a new database without tables. The fixture's parameter is its kind: sqlite or mariadb."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'a' / 'folder' / 'catalogue.db'}"
    server: MariaDBServer = request.getfixturevalue("mariadb")
    return server.new_database()


@pytest.fixture(params=["sqlite", "mariadb"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables."""
    return new_database(request, tmp_path)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An open database without tables."""
    with open_engine(database_url) as engine:
        yield engine


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def shared_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An open database without a table, for all tests of a module."""
    with open_engine(new_database(request, tmp_path_factory.mktemp("shared"))) as engine:
        yield engine


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a recommender with a database without tables, and 300 made-up songs to load."""
    folder = tmp_path_factory.mktemp("recommender")
    facts_file = write(folder / "catalogue.csv.gz", made_up_songs(300))
    return Settings(database_url=new_database(request, folder), catalogue_file=facts_file)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[httpx.Client]:
    """A client of the recommender under a real server."""
    with serve(create_app(settings)) as base_url, httpx.Client(base_url=base_url) as client:
        yield client
