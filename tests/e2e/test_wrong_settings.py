"""Wrong and misspelt settings: named in one line each, by the programs that containers run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "a-secret-that-nobody-may-see"
COMMAND = str(Path(sys.executable).parent / "musicalface")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environment}
    )


@pytest.mark.parametrize(
    ("app", "variable", "value", "fault"),
    [
        ("gateway", "GATEWAY_RATE_LIMIT", SECRET, "must be a number per time, such as 60/minute, or 0 for no limit"),
        ("gateway", "GATEWAY_TRUSTED_PROXIES", SECRET, "must be an IP address or network"),
        ("gateway", "GATEWAY_CORS_ORIGINS", SECRET, "must be origins without a path, such as "
         "https://app.example.org, or *"),
        ("gateway", "GATEWAY_REDIS_URL", f"http://:{SECRET}@x", "must be the URL of a Redis, such as "
         "redis://localhost:6379/0"),
        ("face_emotion", "FACE_EMOTION_DETECTOR", "yunett", "must be yunet or haar (did you mean yunet?)"),
        ("face_emotion", "FACE_EMOTION_MODEL", SECRET, "must be one of default, reference, face-emotion, fer2013, "
         "fisherfaces"),
        ("lyrics_mood", "LYRICS_MOOD_WORKERS", "many", "must be a whole number"),
        ("recommender", "RECOMMENDER_SPOTIFY_MARKET", SECRET, "must be the two letters of a country, such as DE"),
        ("recommender", "RECOMMENDER_LOG_LEVEL", "info", "must be DEBUG, INFO, WARNING or ERROR (did you mean INFO?)"),
    ],
)  # fmt: skip
def test_a_container_with_a_wrong_setting_ends_with_one_line(app: str, variable: str, value: str, fault: str) -> None:
    done = run(sys.executable, "-m", "musicalface_common.server", f"{app}.app:create_app", **{variable: value})
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"musicalface: {variable}: {fault}\n"


def test_all_wrong_settings_are_named_at_once() -> None:
    wrong = {"GATEWAY_DEADLINE_S": "0", "GATEWAY_MAX_CONCURRENCY": "none"}
    done = run(sys.executable, "-m", "musicalface_common.server", "gateway.app:create_app", **wrong)
    assert done.stderr == (
        "musicalface: GATEWAY_MAX_CONCURRENCY: must be a whole number; GATEWAY_DEADLINE_S: must be above 0\n"
    )


def test_misspelt_variables_are_named_at_the_start_and_change_nothing(database: str, photo: Path) -> None:
    misspelt = {"GATEWAY_RATELIMIT": SECRET, "RECOMMENDER_SPOTIFY_CLIENTID": SECRET, "FACE_EMOTION_ZZZ": SECRET}
    done = run(COMMAND, "recommend", str(photo), "--json", **misspelt, GATEWAY_PORT_8000_TCP_ADDR="10.0.0.1")
    assert done.returncode == 0, done.stderr
    assert "GATEWAY_RATELIMIT is not a setting (did you mean GATEWAY_RATE_LIMIT?)" in done.stderr
    assert "RECOMMENDER_SPOTIFY_CLIENTID is not a setting (did you mean RECOMMENDER_SPOTIFY_CLIENT_ID?)" in done.stderr
    assert "FACE_EMOTION_ZZZ is not a setting" in done.stderr
    assert len(done.stderr.splitlines()) == 3
    assert SECRET not in done.stderr


def test_a_refresh_names_misspelt_variables_too(tmp_path: Path) -> None:
    done = run(
        COMMAND, "catalogue", "load", "--database-url", f"sqlite:///{tmp_path}/catalogue.db", RECOMMENDER_REDISURL="x"
    )
    assert done.returncode == 0
    assert done.stderr == ("musicalface: RECOMMENDER_REDISURL is not a setting (did you mean RECOMMENDER_REDIS_URL?)\n")
