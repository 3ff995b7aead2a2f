import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from recommender.adapters.database import open_engine, tracks
from recommender.adapters.loader import HEADER, CatalogueError, load

Facts = dict[str, str]
WriteFacts = Callable[[list[Facts]], Path]
SONG: Facts = {
    "id": "3f2a9c1b7d40",
    "artist": "Bill Withers",
    "title": "Lovely Day",
    "year": "1977",
    "genre": "Soul",
    "language": "en",
    "spotify_id": "",
    "angry": "0.0121",
    "sad": "0.0714",
    "happy": "0.8243",
    "relaxed": "0.0922",
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_engine(f"sqlite:///{tmp_path / 'a' / 'folder' / 'catalogue.db'}") as engine:
        yield engine


def count(engine: Engine) -> int | None:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(tracks))


def test_a_file_is_loaded_once(engine: Engine, facts_file: Path) -> None:
    version = load(engine, facts_file)
    with engine.begin() as connection:
        connection.execute(tracks.delete().where(tracks.c.mood == "sad"))
    assert load(engine, facts_file) == version
    assert count(engine) == 750


def test_another_file_replaces_all(engine: Engine, facts_file: Path, write_facts: WriteFacts) -> None:
    before = load(engine, facts_file)
    assert load(engine, write_facts([SONG])) != before
    with engine.connect() as connection:
        row = connection.execute(select(tracks)).one()._asdict()
    assert row == {
        "id": "3f2a9c1b7d40",
        "artist": "Bill Withers",
        "title": "Lovely Day",
        "year": 1977,
        "genre": "Soul",
        "language": "en",
        "spotify_id": None,
        "angry": 0.0121,
        "sad": 0.0714,
        "happy": 0.8243,
        "relaxed": 0.0922,
        "mood": "happy",
        "strength": 0.8243,
        "artist_key": "bill withers",
        "genre_key": "soul",
        "search": "bill withers lovely day",
    }


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"id": "3F2A9C1B7D40"}, "12 hex digits"),
        ({"id": "3f2a9c1b7d4"}, "12 hex digits"),
        ({"artist": " "}, "empty"),
        ({"title": ""}, "empty"),
        ({"year": "197x"}, "invalid literal"),
        ({"spotify_id": "short"}, "Spotify id"),
        ({"happy": ""}, "could not convert"),
        ({"happy": "nan"}, "not between 0 and 1"),
        ({"happy": "1.5"}, "not between 0 and 1"),
        ({"sad": "-0.1"}, "not between 0 and 1"),
    ],
)
def test_a_broken_line_is_named_and_changes_nothing(
    engine: Engine, write_facts: WriteFacts, fault: Facts, says: str
) -> None:
    load(engine, write_facts([SONG]))
    broken = write_facts([SONG | {"id": "000000000001"}, SONG | fault])
    with pytest.raises(CatalogueError, match=rf"catalogue\.csv\.gz is broken: line 3: .*{says}"):
        load(engine, broken)
    assert count(engine) == 1


def test_an_id_that_occurs_twice_is_named(engine: Engine, write_facts: WriteFacts) -> None:
    with pytest.raises(CatalogueError, match="line 3: the id occurs twice"):
        load(engine, write_facts([SONG, SONG]))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no gzip",
        gzip.compress(b"another,header\n"),
        gzip.compress(",".join(HEADER).encode()),
        gzip.compress(",".join(HEADER).encode() + b"\ntoo,few\n"),
        gzip.compress(",".join(HEADER).encode() + b'\n"open quote'),
        gzip.compress(b"\xff\xfe"),
        gzip.compress(bytes(1000))[:20],
        gzip.compress(bytes(1000))[:12] + b"garbage",
    ],
)
def test_a_broken_file_is_named_and_changes_nothing(engine: Engine, write_facts: WriteFacts, content: bytes) -> None:
    path = write_facts([SONG])
    load(engine, path)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"catalogue\.csv\.gz is broken"):
        load(engine, path)
    assert count(engine) == 1


def test_a_missing_file_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.csv\.gz cannot be read: No such file"):
        load(engine, tmp_path / "absent.csv.gz")


LOADS_WHEN_TOLD = """
import sys
from pathlib import Path
from recommender.adapters.database import open_engine
from recommender.adapters.loader import load
print("ready", flush=True)
input()
with open_engine(sys.argv[1]) as engine:
    print(load(engine, Path(sys.argv[2])))
"""


def test_processes_that_start_at_once_all_find_the_catalogue(engine: Engine, facts_file: Path) -> None:
    command = [sys.executable, "-c", LOADS_WHEN_TOLD, str(engine.url), str(facts_file)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert {output.splitlines()[-1] for output in outputs} == {load(engine, facts_file)}
    assert "".join(outputs).count("catalogue loaded") == 1
    assert count(engine) == 1000


def test_a_load_that_fails_half_way_leaves_the_old_songs(
    engine: Engine, facts_file: Path, write_facts: WriteFacts
) -> None:
    load(engine, write_facts([SONG]))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER stop BEFORE INSERT ON tracks_v1 WHEN NEW.artist = 'Artist 200' "
            "BEGIN SELECT RAISE(ABORT, 'stop'); END"
        )
    with pytest.raises(IntegrityError, match="stop"):
        load(engine, facts_file)
    with engine.connect() as connection:
        assert connection.scalars(select(tracks.c.artist)).all() == ["Bill Withers"]
