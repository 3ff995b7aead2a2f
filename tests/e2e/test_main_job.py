"""A photo goes in, ten songs come out, with the served models and the served catalogue."""

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.examples import TRACK


def recommend(client: httpx.Client, photo: bytes, **query: Any) -> dict[str, Any]:
    answer = client.post("/recommend", params=query, files={"image": photo})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(body: dict[str, Any]) -> list[str]:
    return [track["id"] for track in body["tracks"]]


def test_the_astronaut_is_happy_and_gets_ten_happy_songs(client: httpx.Client, astronaut: bytes) -> None:
    body = recommend(client, astronaut)
    assert body["emotion"]["label"] == body["mood"]["label"] == "happy"
    assert sum(body["emotion"]["scores"].values()) == pytest.approx(1, abs=1e-3)
    assert sum(body["mood"]["scores"].values()) == pytest.approx(1, abs=1e-3)
    assert len(body["emotion"]["scores"]) == 7
    assert [track["mood"] for track in body["tracks"]] == ["happy"] * 10
    assert all(track["url"].startswith("https://open.spotify.com/") for track in body["tracks"])


def test_the_face_s_box_is_on_the_face(client: httpx.Client, astronaut: bytes) -> None:
    (face,) = recommend(client, astronaut)["faces"]
    box = face["box"]
    assert box["x"] < 225 < box["x"] + box["width"]
    assert box["y"] < 120 < box["y"] + box["height"]
    assert face["landmarks"]["right_eye"]["x"] < face["landmarks"]["left_eye"]["x"]


def test_asking_twice_gives_two_lists_of_the_same_mood(client: httpx.Client, astronaut: bytes) -> None:
    first, second = recommend(client, astronaut), recommend(client, astronaut)
    assert first["mood"] == second["mood"]
    assert ids(first) != ids(second)


def test_the_same_seed_gives_the_same_list(client: httpx.Client, astronaut: bytes) -> None:
    assert ids(recommend(client, astronaut, seed=7)) == ids(recommend(client, astronaut, seed=7))


def test_no_artist_comes_twice(client: httpx.Client, astronaut: bytes) -> None:
    body = recommend(client, astronaut, limit=50)
    assert len(body["tracks"]) == 50
    artists = Counter(track["artist"].casefold() for track in body["tracks"])
    assert artists.most_common(1)[0][1] == 1


def test_what_was_given_does_not_come_again(client: httpx.Client, astronaut: bytes) -> None:
    had = ids(recommend(client, astronaut, seed=7))
    assert not set(had) & set(ids(recommend(client, astronaut, seed=7, exclude=",".join(had))))
    assert not set(had) & set(ids(recommend(client, astronaut, seed=7, exclude=had)))


@pytest.mark.parametrize("mood", ["angry", "sad", "happy", "relaxed"])
def test_every_mood_has_songs_without_a_photo(client: httpx.Client, mood: str) -> None:
    body = client.get(f"/moods/{mood}/tracks").json()
    assert [track["mood"] for track in body["tracks"]] == [mood] * 10


@pytest.mark.parametrize(
    ("provider", "start"),
    [
        ("spotify", "https://open.spotify.com/"),
        ("youtube", "https://www.youtube.com/"),
        ("soundcloud", "https://soundcloud.com/"),
    ],
)
def test_links_lead_to_the_provider(client: httpx.Client, provider: str, start: str) -> None:
    body = client.get("/moods/sad/tracks", params={"provider": provider}).json()
    assert all(track["url"].startswith(start) for track in body["tracks"])


def test_the_catalogue_is_read_page_by_page(client: httpx.Client) -> None:
    first = client.get("/tracks", params={"mood": "sad", "limit": 5}).json()
    second = client.get("/tracks", params={"mood": "sad", "limit": 5, "cursor": first["next_cursor"]}).json()
    assert not set(ids(first)) & set(ids(second))


def test_lyrics_have_a_mood(client: httpx.Client) -> None:
    body = client.post("/lyrics/mood", json={"texts": ["I love the sunshine", "I cry alone"]}).json()
    assert len(body["results"]) == 2
    assert all(sum(result["scores"].values()) == pytest.approx(1, abs=1e-3) for result in body["results"])


def test_songs_that_pages_show_are_the_catalogues(client: httpx.Client) -> None:
    shown = client.get(f"/tracks/{TRACK['id']}").json()
    assert shown == {"track": TRACK, "degraded": []}
    readme = Path(__file__).parents[2].joinpath("README.md").read_text("utf-8")
    songs = re.findall(r'"id": "([0-9a-f]{12})".*?"scores": ({[^}]*})', readme, re.DOTALL)
    assert len(songs) == 2
    for name, scores in songs:
        assert client.get(f"/tracks/{name}").json()["track"]["scores"] == json.loads(scores)


def test_all_services_are_ready_inside(client: httpx.Client) -> None:
    states = client.get("/health/ready").json()["dependencies"]
    services = dict.fromkeys(("face-emotion", "lyrics-mood", "recommender"), "ready")
    further = {"database": "ok", "redis": "not configured"} | dict.fromkeys(
        ("spotify", "youtube", "soundcloud"), "not configured"
    )
    assert states == services | {f"recommender.{name}": state for name, state in further.items()}


def test_one_request_has_one_id_in_all_logs(
    client: httpx.Client, astronaut: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/recommend", files={"image": astronaut}, headers={"X-Request-ID": "one-id-in-all-logs"})
    wanted = {"gateway", "face-emotion", "recommender"}
    give_up = time.monotonic() + 10
    # The gateway writes its log line after it has sent its answer.
    while (served := _services_with_id(caplog, "one-id-in-all-logs")) != wanted and time.monotonic() < give_up:
        time.sleep(0.01)
    assert served == wanted


def _services_with_id(caplog: pytest.LogCaptureFixture, request_id: str) -> set[str]:
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return {line["service"] for line in lines if line.get("request_id") == request_id}
