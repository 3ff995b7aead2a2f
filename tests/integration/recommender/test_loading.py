import gzip
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from support.tracks import bare_track

from musicalface_common.vocabulary import MOODS, Mood
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import HEADER, FactsFile
from recommender.catalogue.loading import Loaded, load
from recommender.catalogue.tables import EDITION_TABLES, editions, tracks
from recommender.domain.query import Filters, Query
from recommender.domain.scores import Scores
from recommender.domain.track import Kind, Season, Track

Facts = dict[str, str]
WriteFacts = Callable[[list[Facts]], Path]
SONG: Facts = {
    "id": "3f2a9c1b7d40",
    "artist": "Bill Withers",
    "title": "Lovely Day ❤ 東京",
    "year": "1977",
    "genres": "Soul|r&b",
    "language": "en",
    "explicit": "0",
    "spotify_id": "",
    "tag_mood": "relaxed",
    "listeners": "110",
    "former_ids": "00000000000a|00000000000b",
    "angry": "0.0121",
    "sad": "0.0714",
    "happy": "0.8243",
    "relaxed": "0.0922",
}
TRACK = bare_track(
    id="3f2a9c1b7d40",
    artist="Bill Withers",
    title="Lovely Day ❤ 東京",
    year=1977,
    genres=("Soul", "r&b"),
    language="en",
    explicit=False,
    tag_mood=Mood.RELAXED,
    listeners=110,
    former_ids=("00000000000a", "00000000000b"),
    scores=Scores(0.0121, 0.0714, 0.8243, 0.0922),
)


def count(engine: Engine) -> int | None:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(tracks))


def songs(engine: Engine, text: str | None = None) -> list[Track]:
    return [hit.track for hit in Catalogue(engine, "any").search(Query(text), None, 2000)]


def test_a_file_is_loaded_once(engine: Engine, facts_file: Path) -> None:
    version, loaded = load(engine, FactsFile(facts_file))
    with engine.begin() as connection:
        connection.execute(tracks.delete().where(tracks.c.mood == "sad"))
    assert loaded == 1000
    assert load(engine, FactsFile(facts_file)) == Loaded(version, None)
    assert count(engine) == 750


def test_every_fact_is_stored(engine: Engine, write_facts: WriteFacts) -> None:
    bare = SONG | {"id": "000000000001", **dict.fromkeys(("year", "genres", "language", "former_ids"), "")}
    load(engine, FactsFile(write_facts([SONG, bare | dict.fromkeys(("explicit", "tag_mood", "listeners"), "")])))
    unknown, known = songs(engine)
    assert known == TRACK
    facts = (unknown.year, unknown.genre, unknown.language, unknown.explicit, unknown.tag_mood, unknown.listeners)
    assert facts == (None,) * 6


def test_a_song_answers_to_its_former_ids(engine: Engine, write_facts: WriteFacts) -> None:
    load(engine, FactsFile(write_facts([SONG])))
    catalogue = Catalogue(engine, "any")
    assert catalogue.track("00000000000a") == catalogue.track("00000000000b") == catalogue.track(SONG["id"]) == TRACK
    assert catalogue.track("00000000000c") is None


def test_lists_hold_marked_songs_only_where_they_are_asked_for(engine: Engine, write_facts: WriteFacts) -> None:
    marks = [{}, {"season": "christmas"}, {"kind": "hymn"}, {"kind": "instrumental"}, {"harm": "killing"}]
    load(
        engine, FactsFile(write_facts([SONG | {"id": f"{n:012x}", "former_ids": ""} | m for n, m in enumerate(marks)]))
    )
    catalogue = Catalogue(engine, "any")

    def listed(**filters: object) -> list[int]:
        asked = Filters(**filters)  # type: ignore[arg-type]
        assert catalogue.sample(Mood.RELAXED, asked, 9) == catalogue.candidates(Mood.RELAXED, asked, 9)
        return [int(song.id, 16) for song in catalogue.candidates(Mood.RELAXED, asked, 9)]

    assert listed() == [0, 3]
    assert listed(season=Season.CHRISTMAS) == [1]
    assert listed(kind=Kind.HYMN) == [2]
    assert len(songs(engine)) == 5


def test_a_song_of_unknown_mood_is_found_and_in_no_list(engine: Engine, write_facts: WriteFacts) -> None:
    load(engine, FactsFile(write_facts([SONG | dict.fromkeys((*MOODS, "tag_mood"), "")])))
    (found,) = songs(engine, "lovely day")
    assert (found.mood, found.scores) == (None, None)
    assert not any(Catalogue(engine, "any").candidates(mood, Filters(), 9) for mood in MOODS)


def test_songs_are_filed_under_their_believed_mood(engine: Engine, write_facts: WriteFacts) -> None:
    torn = {"angry": "0.1", "sad": "0.4", "happy": "0.45", "relaxed": "0.05"}
    load(engine, FactsFile(write_facts([SONG | torn | {"tag_mood": "sad"}])))
    catalogue = Catalogue(engine, "any")
    assert [track.mood for track in catalogue.candidates(Mood.SAD, Filters(), 10)] == [Mood.SAD]
    assert catalogue.candidates(Mood.HAPPY, Filters(), 10) == []


def test_another_file_replaces_all_songs_and_leaves_no_rows_behind(
    engine: Engine, facts_file: Path, write_facts: WriteFacts
) -> None:
    before = load(engine, FactsFile(facts_file))
    after = load(engine, FactsFile(write_facts([SONG])))
    assert after.version != before.version
    assert songs(engine) == [TRACK]
    assert songs(engine, "artist") == []
    with engine.connect() as connection:
        current = connection.scalar(select(editions.c.number))
        assert connection.scalars(select(editions.c.version)).all() == [after.version]
        for table in EDITION_TABLES:
            assert connection.scalars(select(table.c.edition).distinct()).all() == [current], table


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"id": "3F2A9C1B7D40"}, "12 hex digits"),
        ({"id": "3f2a9c1b7d4"}, "12 hex digits"),
        ({"artist": " "}, "empty"),
        ({"artist": "x" * 201}, "the artist is longer than 200 characters"),
        ({"title": ""}, "empty"),
        ({"title": "x" * 301}, "the title is longer than 300 characters"),
        ({"year": "197x"}, "year is not a number"),
        ({"year": "99999999999"}, "too large"),
        ({"explicit": "yes"}, "explicit"),
        ({"spotify_id": "short"}, "Spotify id"),
        ({"tag_mood": "bored"}, "mood must be"),
        ({"listeners": "-1"}, "negative"),
        ({"happy": ""}, "could not convert"),
        ({"happy": "nan"}, "not between 0 and 1"),
        ({"happy": "1.5"}, "not between 0 and 1"),
        ({"sad": "-0.1"}, "not between 0 and 1"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, write_facts: WriteFacts, fault: Facts, says: str) -> None:
    broken = write_facts([SONG | {"id": "000000000001"}, SONG | fault])
    with (
        open_engine(f"sqlite:///{tmp_path / 'catalogue.db'}") as engine,
        pytest.raises(CatalogueError, match=rf"catalogue\.csv\.gz is broken: line 3: .*{says}"),
    ):
        load(engine, FactsFile(broken))


def test_an_id_that_occurs_twice_is_named(engine: Engine, write_facts: WriteFacts) -> None:
    with pytest.raises(CatalogueError, match="line 3: the id occurs twice"):
        load(engine, FactsFile(write_facts([SONG, SONG])))


def test_names_that_normalising_makes_longer_fit_their_columns(engine: Engine, write_facts: WriteFacts) -> None:
    long = "ﷺ" * 200  # eighteen letters each, once decomposed
    load(engine, FactsFile(write_facts([SONG | {"artist": long, "genres": long}])))
    found = Catalogue(engine, "any").search(Query(artist=long, filters=Filters(genres=(long,))), None, 10)
    assert [hit.track.artist for hit in found] == [long]


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
def test_a_broken_file_is_named_and_changes_nothing(tmp_path: Path, write_facts: WriteFacts, content: bytes) -> None:
    path = write_facts([SONG])
    with open_engine(f"sqlite:///{tmp_path / 'catalogue.db'}") as engine:
        load(engine, FactsFile(path))
        path.write_bytes(content)
        with pytest.raises(CatalogueError, match=r"catalogue\.csv\.gz is broken"):
            load(engine, FactsFile(path))
        assert songs(engine) == [TRACK]


def test_a_missing_file_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"absent\.csv\.gz cannot be read: No such file"):
        load(engine, FactsFile(tmp_path / "absent.csv.gz"))


LOADS_AFTER_INPUT = """
import sys
from pathlib import Path
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
print("ready", flush=True)
input()
with open_engine(sys.argv[1]) as engine:
    print(*load(engine, FactsFile(Path(sys.argv[2]))))
"""


def test_processes_that_start_at_once_all_find_the_catalogue(
    engine: Engine, database_url: str, facts_file: Path
) -> None:
    command = [sys.executable, "-c", LOADS_AFTER_INPUT, database_url, str(facts_file)]
    processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=100)[0].splitlines()[-1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    version = load(engine, FactsFile(facts_file)).version
    assert sorted(outputs) == [f"{version} 1000", f"{version} None", f"{version} None"]
    assert count(engine) == 1000


def test_readers_see_the_old_or_the_new_catalogue_during_a_load(
    engine: Engine, facts_file: Path, write_facts: WriteFacts
) -> None:
    load(engine, FactsFile(write_facts([SONG])))
    seen, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add((len(songs(engine)), len(songs(engine, "artist"))))

    reader = threading.Thread(target=read)
    reader.start()
    load(engine, FactsFile(facts_file))
    done.set()
    reader.join()
    assert (len(songs(engine)), len(songs(engine, "artist"))) == (1000, 1000)
    assert seen <= {(1, 0), (1, 1000), (1000, 1000)}  # two searches: a load may end between them


def test_a_load_that_fails_half_way_leaves_the_old_songs(
    engine: Engine, facts_file: Path, write_facts: WriteFacts
) -> None:
    load(engine, FactsFile(write_facts([SONG])))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE occurrences RENAME TO gone")
    with pytest.raises(CatalogueError, match="occurrences"):
        load(engine, FactsFile(facts_file))
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO occurrences")
    assert songs(engine) == songs(engine, "withers") == [TRACK]
    assert count(engine) == 1
    assert load(engine, FactsFile(facts_file)).songs == 1000
