import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from support.server import serve

from musicalface_common.vocabulary import MOODS
from recommender.adapters.loader import HEADER
from recommender.app import create_app
from recommender.settings import Settings

Facts = dict[str, str]
WriteFacts = Callable[[list[Facts]], Path]

ODD_TITLES = ["100% Love_Song", "Café — Señorita", "'; DROP TABLE tracks_v1; --", "❤ Emoji 😀", "Straße 東京"]


def made_up_songs(count: int) -> list[Facts]:
    """Make songs by four to an artist, of all moods; every seventh carries an odd title."""
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
        "genre": ("rock", "R&B")[number % 2] if known else "",
        "language": ("en", "es")[number % 2],
        "spotify_id": f"{number:022d}" if known else "",
        **{mood: f"{weight / sum(weights):.4f}" for mood, weight in zip(MOODS, weights, strict=True)},
    }


def write(path: Path, songs: list[Facts]) -> Path:
    """Write songs as a facts file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(songs)
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    return path


@pytest.fixture
def write_facts(tmp_path: Path) -> WriteFacts:
    """Write songs as a facts file; each call writes the same file anew."""
    return partial(write, tmp_path / "catalogue.csv.gz")


@pytest.fixture
def facts_file(tmp_path: Path) -> Path:
    """A facts file of a thousand made-up songs."""
    return write(tmp_path / "thousand.csv.gz", made_up_songs(1000))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a recommender that starts without a database, with 300 made-up songs to load."""
    folder = tmp_path_factory.mktemp("recommender")
    facts_file = write(folder / "catalogue.csv.gz", made_up_songs(300))
    return Settings(database_url=f"sqlite:///{folder / 'new' / 'catalogue.db'}", catalogue_file=facts_file)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[httpx.Client]:
    """A client of the recommender under a real server."""
    with serve(create_app(settings)) as base_url, httpx.Client(base_url=base_url) as client:
        yield client
