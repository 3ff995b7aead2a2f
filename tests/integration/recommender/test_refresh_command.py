"""`musicalface catalogue refresh`."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fakes.listenbrainz import TOKEN, ListenBrainzFake
from fakes.songs import Song
from sqlalchemy import Engine, update
from support.server import serve
from typer.testing import CliRunner, Result

from musicalface.main import cli
from recommender.catalogue.tables import leases

COMMAND = [sys.executable, "-m", "musicalface", "catalogue", "refresh"]
NOT_ASKED = "no songs looked up at Spotify: there is no Redis to keep the answers"
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def environment(database_url: str, facts_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables of a refresh: database, facts file, and a folder with one CSV file."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "songs.csv").write_text("artist,title,mood\nNew,Song,sad\nBad,Row,\n")
    monkeypatch.setenv("RECOMMENDER_DATABASE_URL", database_url)
    monkeypatch.setenv("RECOMMENDER_CATALOGUE_FILE", str(facts_file))
    monkeypatch.setenv("RECOMMENDER_SOURCES_FOLDER", str(tmp_path / "sources"))


@pytest.fixture
def slow_listenbrainz(monkeypatch: pytest.MonkeyPatch) -> Iterator[ListenBrainzFake]:
    """A fake ListenBrainz that answers after 60 s."""
    fake = ListenBrainzFake([Song("Radio", "Song", tags=("happy",))], token=TOKEN)
    fake.delay = 60
    with serve(fake.app) as base_url:
        monkeypatch.setenv("RECOMMENDER_LISTENBRAINZ_URL", f"{base_url}/1/")
        monkeypatch.setenv("RECOMMENDER_LISTENBRAINZ_TOKEN", TOKEN)
        yield fake


@pytest.fixture
def start() -> Iterator[Start]:
    """Start the command in another process."""
    processes: list[subprocess.Popen[str]] = []

    def run(*options: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        processes.append(subprocess.Popen([*COMMAND, *options], stdout=pipe, stderr=pipe, text=True))
        return processes[-1]

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def refresh(*options: str) -> Result:
    return CliRunner().invoke(cli, ["catalogue", "refresh", *options])


def wait_for_call(fake: ListenBrainzFake) -> None:
    give_up = time.monotonic() + 60
    while not fake.calls["lb-radio"]:
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_a_refresh_prints_its_result() -> None:
    first = refresh()
    assert first.exit_code == 0
    assert first.stderr == "musicalface: songs.csv:3: it has neither a mood nor the four scores\n"
    said = rf"songs added: 1, changed: 0; version ([0-9a-f]{{12}}), loaded 1001 tracks; {NOT_ASKED}\n"
    assert (told := re.fullmatch(said, first.stdout))
    assert refresh().stdout == f"nothing new; version {told[1]}; {NOT_ASKED}\n"


def test_a_folder_that_cannot_be_read_is_reported_after_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_SOURCES_FOLDER", str(tmp_path / "absent"))
    failed = refresh()
    assert failed.exit_code == 1
    assert failed.stderr == f"musicalface: {tmp_path / 'absent'} cannot be read: No such file or directory\n"
    assert re.fullmatch(rf"nothing new; version [0-9a-f]{{12}}, loaded 1000 tracks; {NOT_ASKED}\n", failed.stdout)


def test_if_another_refresh_is_running_the_exit_code_is_75(slow_listenbrainz: ListenBrainzFake, start: Start) -> None:
    start()
    wait_for_call(slow_listenbrainz)
    second = refresh()
    assert (second.exit_code, second.stdout) == (75, "")
    assert re.fullmatch(r"musicalface: another refresh is running since .* UTC .*\n", second.stderr)


def test_after_a_killed_refresh_the_next_one_runs_when_the_lease_has_expired(
    engine: Engine, slow_listenbrainz: ListenBrainzFake, start: Start
) -> None:
    process = start()
    wait_for_call(slow_listenbrainz)
    process.kill()
    process.wait()
    slow_listenbrainz.recover()
    assert refresh().exit_code == 75
    with engine.begin() as connection:
        connection.execute(update(leases).values(until=datetime(2000, 1, 1)))
    again = refresh()
    assert (again.exit_code, again.stdout.split(";")[0]) == (0, "songs added: 2, changed: 0")


def test_a_terminated_refresh_releases_its_lease(slow_listenbrainz: ListenBrainzFake, start: Start) -> None:
    process = start()
    wait_for_call(slow_listenbrainz)
    process.terminate()
    assert process.wait(60) == 128 + signal.SIGTERM
    slow_listenbrainz.recover()
    assert refresh().exit_code == 0


def test_with_every_it_goes_on_until_it_is_terminated(start: Start) -> None:
    process = start("--every", "7d")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("songs added: 1")
    assert process.poll() is None
    process.terminate()
    assert process.wait(60) == -signal.SIGTERM


def test_a_broken_catalogue_is_reported_in_one_line(facts_file: Path) -> None:
    facts_file.write_bytes(b"no gzip")
    failed = refresh()
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert re.fullmatch(r"musicalface: the catalogue .* is broken: .*\n", failed.stderr)
