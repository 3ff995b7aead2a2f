"""The `musicalface` command, run as a user runs it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fakes.bad_servers import answer, bad_server
from support.server import free_port

COMMAND = str(Path(sys.executable).parent / "musicalface")


def musicalface(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


def assert_fails(done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr


@contextmanager
def serving(**environment: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", str(port)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stderr
    url = f"http://127.0.0.1:{port}"
    try:
        await_ready(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.stderr.read()
        process.stderr.close()
        process.wait(20)


def await_ready(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{url}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            assert process.poll() is None
        time.sleep(0.05)
    raise AssertionError("did not become ready")


def test_help_and_version_are_there() -> None:
    assert re.fullmatch(r"musicalface \d+\.\d+\.\d+\n", musicalface("--version").stdout)
    shown = musicalface("--help").stdout
    for command in ("serve", "recommend", "webcam", "openapi"):
        assert command in shown
        assert musicalface(command, "--help").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [("recommend",), ("recommend", "a.jpg", "--limit", "0"), ("recommend", "a.jpg", "--policy", "best"),
     ("serve", "--port", "99999"), ("openapi",), ("dance",)],
)  # fmt: skip
def test_wrong_usage_ends_with_code_two(arguments: tuple[str, ...]) -> None:
    done = musicalface(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_recommend_in_this_process_prints_a_table(database: str, photo: Path) -> None:
    done = musicalface("recommend", photo, "--limit", 3)
    assert done.returncode == 0, done.stderr
    assert "Emotion: happy" in done.stdout
    assert "Mood: happy" in done.stdout
    assert "3." in done.stdout
    assert "4." not in done.stdout
    assert done.stdout.count("https://open.spotify.com/") == 3
    assert done.stderr == ""


def test_json_is_the_answer_and_nothing_else(database: str, photo: Path) -> None:
    body = json.loads(musicalface("recommend", photo, "--json", "--seed", 7).stdout)
    assert list(body) == ["emotion", "mood", "faces", "tracks", "degraded"]
    assert len(body["tracks"]) == 10


def test_recommend_asks_a_running_server(server: str, photo: Path) -> None:
    options = ("--limit", 2, "--provider", "youtube", "--faces", "single", "--policy", "lift", "--json")
    done = musicalface("recommend", photo, "--server", server, *options)
    assert done.returncode == 0, done.stderr
    assert all("youtube" in track["url"] for track in json.loads(done.stdout)["tracks"])


def test_open_opens_the_first_song(server: str, photo: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    done = musicalface("recommend", photo, "--server", server, "--json", "--open", BROWSER=str(browser))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text() == json.loads(done.stdout)["tracks"][0]["url"]


def test_a_wrong_setting_is_named_by_its_variable(photo: Path) -> None:
    done = musicalface("recommend", photo, FACE_EMOTION_DETECTOR="best")
    assert_fails(done, says="FACE_EMOTION_DETECTOR: must be yunet or haar")


def test_links_stay_whole_in_a_pipe(photo: Path) -> None:
    lines = [line.strip() for line in musicalface("recommend", photo, "--limit", 3).stdout.splitlines()]
    assert len([line for line in lines if re.fullmatch(r"https://open\.spotify\.com/(track|search)/\S+", line)]) == 3


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert_fails(musicalface("recommend", tmp_path / "none.jpg"), "cannot read")
    assert_fails(musicalface("recommend", tmp_path), "cannot read")


def test_a_file_that_is_no_photo(server: str, tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("no photo")
    assert_fails(musicalface("recommend", path, "--server", server), "Not a kind of image we read")


def test_a_server_that_cannot_be_reached(photo: Path) -> None:
    for url in (f"http://127.0.0.1:{free_port()}", "127.0.0.1:1", "http://[", "ftp://127.0.0.1"):
        assert_fails(musicalface("recommend", photo, "--server", url), "cannot reach")


def test_a_server_of_something_else(photo: Path) -> None:
    foreign_problem = answer(b'{"title": "Not Found", "status": 404}', "application/problem+json", "404 Not Found")
    behaviours = answer(b"<html>", "text/html"), answer(b"<html>", "text/html", "404 Not Found"), foreign_problem
    for behaviour in behaviours:
        with bad_server(behaviour) as (url, _):
            assert_fails(musicalface("recommend", photo, "--server", url), "MusicalFace server")


def test_a_webcam_that_is_not_there_says_what_to_do_instead() -> None:
    assert_fails(musicalface("webcam", "--camera", 99), "musicalface recommend photo.jpg --server")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert_fails(musicalface("serve", "--port", taken.getsockname()[1]), "Address already in use")


def test_an_address_that_is_not_ours() -> None:
    assert_fails(musicalface("serve", "--host", "192.0.2.1"), "cannot listen on 192.0.2.1")


def test_serve_serves_and_ends_when_told(database: str, photo: Path) -> None:
    with serving() as url:
        answer = httpx.post(f"{url}/recommend", files={"image": photo.read_bytes()}, timeout=30)
        assert answer.status_code == 200
        assert "server" not in answer.headers


def test_a_forwarded_address_is_no_way_around_the_rate_limit(database: str) -> None:
    with serving(GATEWAY_RATE_LIMIT="2/minute") as url:
        spoofed = [httpx.get(f"{url}/moods", headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(3)]
        assert [answer.status_code for answer in spoofed] == [200, 200, 429]


def test_contracts_are_written_and_drift_is_found(tmp_path: Path) -> None:
    assert musicalface("openapi", "--output", tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{name}.openapi.json" for name in ("face-emotion", "gateway", "lyrics-mood", "recommender")
    ]
    assert musicalface("openapi", "--check", tmp_path).returncode == 0
    gateway = tmp_path / "gateway.openapi.json"
    gateway.write_text(gateway.read_text().replace("/recommend", "/recommended"))
    (tmp_path / "recommender.openapi.json").unlink()
    assert_fails(musicalface("openapi", "--check", tmp_path), "gateway.openapi.json, recommender.openapi.json")
