"""A refresh adds new songs, also if a source or another refresh fails."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes.listenbrainz import TOKEN, ListenBrainzFake
from fakes.songs import Song
from pydantic import SecretStr
from sqlalchemy import Engine, select
from support.server import serve

from musicalface_common.vocabulary import Mood
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.catalogue.tables import additions, editions
from recommender.domain.query import Filters, Query
from recommender.domain.track import Track, song_id
from recommender.refresh.lease import LeaseHeldError
from recommender.refresh.run import Refreshed, refresh
from recommender.settings import Settings

Facts = dict[str, str]
WriteFacts = Callable[[list[Facts]], Path]
Options = Callable[..., Settings]

KNOWN: Facts = {
    "id": song_id("Known", "Song"),
    "artist": "Known",
    "title": "Song",
    "year": "1999",
    "genres": "",
    "language": "",
    "explicit": "",
    "spotify_id": "",
    "tag_mood": "",
    "listeners": "",
    "angry": "0.1",
    "sad": "0.1",
    "happy": "0.7",
    "relaxed": "0.1",
}
NO_REDIS = "there is no Redis to keep the answers"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sources with one file of two songs, of which the catalogue knows one."""
    path = tmp_path / "sources"
    path.mkdir()
    (path / "songs.csv").write_text("artist,title,mood\nKnown,song!,sad\nNew,Song,sad\n")
    return path


@pytest.fixture
def options(database_url: str, folder: Path, write_facts: WriteFacts) -> Options:
    """Make settings of a refresh that calls no service. Arguments replace the defaults."""
    defaults: dict[str, Any] = {
        "database_url": database_url,
        "catalogue_file": write_facts([KNOWN]),
        "sources_folder": folder,
    }
    return lambda **others: Settings(**(defaults | others))


@pytest.fixture
def listenbrainz() -> Iterator[tuple[ListenBrainzFake, dict[str, Any]]]:
    """A fake ListenBrainz, and the settings with its URL and token."""
    fake = ListenBrainzFake([Song("Radio", "Song", tags=("happy",))], token=TOKEN)
    with serve(fake.app) as base_url:
        yield fake, {"listenbrainz_url": f"{base_url}/1/", "listenbrainz_token": SecretStr(TOKEN)}


def run(settings: Settings) -> Refreshed:
    return refresh(settings, lambda step, done, total: None)


def songs(engine: Engine) -> dict[str, Track]:
    return {hit.track.artist: hit.track for hit in Catalogue(engine, "any").search(Query(), None, 100)}


def edition_numbers(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(select(editions.c.number)))


def test_new_songs_are_served_under_their_mood(engine: Engine, options: Options) -> None:
    refreshed = run(options())
    assert (refreshed.changes, refreshed.problems) == ((1, 0), [])
    assert (refreshed.loaded.songs, refreshed.prewarmed) == (2, (0, 0, NO_REDIS))
    assert songs(engine)["Known"].tag_mood is None  # the facts file has priority
    sad = Catalogue(engine, "any").candidates(Mood.SAD, Filters(), 10)
    assert [(song.artist, song.tag_mood) for song in sad] == [("New", Mood.SAD)]
    with engine.connect() as connection:
        row = connection.execute(select(additions)).one()
    assert (row.source, row.artist) == ("songs.csv", "New")


def test_a_second_refresh_finds_nothing_new(engine: Engine, options: Options) -> None:
    first = run(options())
    numbers = edition_numbers(engine)
    second = run(options())
    assert (second.changes, second.loaded) == ((0, 0), (first.loaded.version, None))
    assert edition_numbers(engine) == numbers


def test_a_service_that_starts_keeps_added_songs(engine: Engine, options: Options) -> None:
    settings = options()
    version = run(settings).loaded.version
    assert load(engine, FactsFile(settings.catalogue_file)) == (version, None)


def test_added_songs_remain_until_a_facts_file_contains_them(
    engine: Engine, options: Options, folder: Path, write_facts: WriteFacts
) -> None:
    run(options())
    (folder / "songs.csv").unlink()
    other = KNOWN | {"id": song_id("Other", "Song"), "artist": "Other"}
    load(engine, FactsFile(write_facts([other])))
    assert set(songs(engine)) == {"Other", "New"}
    load(engine, FactsFile(write_facts([other, KNOWN | {"id": song_id("New", "Song"), "artist": "New"}])))
    assert (songs(engine)["New"].year, songs(engine)["New"].tag_mood) == (1999, None)
    assert len(songs(engine)) == 2


def test_a_changed_file_updates_added_songs(engine: Engine, options: Options, folder: Path) -> None:
    run(options())
    (folder / "songs.csv").write_text("artist,title,mood,year\nNew,Song,relaxed,2001\n")
    assert run(options()).changes == (0, 1)
    assert (songs(engine)["New"].mood, songs(engine)["New"].year) == (Mood.RELAXED, 2001)


def test_a_broken_file_loses_no_songs(engine: Engine, options: Options, folder: Path) -> None:
    run(options())
    (folder / "songs.csv").write_bytes(b"\xff\xfe")
    (folder / "more.csv").write_text("artist,title,mood\nBroken,Row\nMore,Song,angry\n")
    refreshed = run(options())
    assert refreshed.changes == (1, 0)
    row, file = refreshed.problems
    assert row.startswith("more.csv:2: ")
    assert file.startswith("songs.csv: ")
    assert set(songs(engine)) == {"Known", "New", "More"}


def test_a_broken_facts_file_changes_nothing(engine: Engine, options: Options, write_facts: WriteFacts) -> None:
    run(options())
    write_facts([KNOWN | {"id": "none"}])
    for _ in range(2):  # the first refresh released its lease
        with pytest.raises(CatalogueError, match="12 hex digits"):
            run(options())
    assert set(songs(engine)) == {"Known", "New"}


def test_listenbrainz_adds_songs_but_changes_none(
    engine: Engine, options: Options, listenbrainz: tuple[ListenBrainzFake, dict[str, Any]]
) -> None:
    fake, settings = listenbrainz
    fake.songs = [*fake.songs, Song("New", "Song", tags=("happy",)), Song("Known", "Song", tags=("sad",))]
    refreshed = run(options(**settings))
    assert (refreshed.changes, refreshed.problems) == ((2, 0), [])
    assert {song.artist: song.mood for song in songs(engine).values()} == {
        "Known": Mood.HAPPY,
        "New": Mood.SAD,
        "Radio": Mood.HAPPY,
    }
    fake.songs = [Song("Radio", "Song", tags=("sad",))]
    assert run(options(**settings)).changes == (0, 0)


def test_if_listenbrainz_fails_only_its_songs_are_missing(
    engine: Engine, options: Options, listenbrainz: tuple[ListenBrainzFake, dict[str, Any]]
) -> None:
    fake, settings = listenbrainz
    fake.fail_with(status=503)
    refreshed = run(options(**settings))
    assert (refreshed.changes, refreshed.problems) == ((1, 0), ["ListenBrainz failed: status 503"])


def test_two_refreshes_never_run_at_once(engine: Engine, options: Options) -> None:
    settings = options()
    runs, go_on = threading.Event(), threading.Event()
    done: list[Refreshed] = []

    def wait(step: str, _: int, __: int) -> None:
        runs.set()
        assert go_on.wait(60)

    first = threading.Thread(target=lambda: done.append(refresh(settings, wait)))
    first.start()
    assert runs.wait(60)
    with pytest.raises(LeaseHeldError, match="another refresh is running since"):
        run(settings)
    go_on.set()
    first.join()
    assert [refreshed.changes for refreshed in done] == [(1, 0)]
    assert run(settings).changes == (0, 0)
