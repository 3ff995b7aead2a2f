from typing import Any

import httpx
import pytest
from fakes.services import ANGRY, HAPPY, face_service
from fastapi import FastAPI
from support.server import serve

FORM = {"image": b"the bytes of a photo"}


def test_a_photo_gives_emotion_mood_faces_and_ten_tracks(gateway: httpx.Client) -> None:
    answer = gateway.post("/recommend", files=FORM)
    assert answer.status_code == 200
    body = answer.json()
    assert list(body) == ["emotion", "mood", "faces", "tracks", "degraded"]
    assert body["emotion"]["label"] == body["mood"]["label"] == "happy"
    assert len(body["emotion"]["scores"]) == 7
    assert body["mood"]["scores"] == pytest.approx({"angry": 0.03, "sad": 0.07, "happy": 0.8, "relaxed": 0.1})
    assert body["faces"][0]["box"] == {"x": 1, "y": 2, "width": 30, "height": 40}
    assert len(body["tracks"]) == 10
    assert body["degraded"] == ["redis"]


def test_the_services_get_the_requests_of_their_contracts(gateway: httpx.Client, last_call: Any) -> None:
    query: dict[str, Any] = {
        "limit": 3, "policy": "lift", "provider": "youtube", "faces": "single", "seed": 7, "genre": "rock",
        "language": "en", "year_from": 1960, "year_to": 1999, "explicit": False,
        "season": "christmas", "kind": "instrumental",
        "exclude": ["0123456789ab,ba9876543210", "aaaaaaaaaaaa"],
    }  # fmt: skip
    answer = gateway.post("/recommend", params=query, files=FORM)
    assert answer.status_code == 200
    assert {name: last_call("face_emotion")[name] for name in ("body", "emotions", "faces")} == {
        "body": FORM["image"],
        "emotions": 7,
        "faces": "single",
    }
    body = last_call("recommender")["body"]
    assert body.pop("scores") == pytest.approx({"angry": 0.03, "sad": 0.07, "happy": 0.8, "relaxed": 0.1})
    assert body == {
        "mood": "happy",
        "limit": 3,
        "policy": "lift",
        "provider": "youtube",
        "exclude": ["0123456789ab", "ba9876543210", "aaaaaaaaaaaa"],
        "seed": 7,
        "filters": {
            "genre": "rock",
            "language": "en",
            "year_from": 1960,
            "year_to": 1999,
            "explicit": False,
            "season": "christmas",
            "kind": "instrumental",
        },
    }


def test_the_request_id_and_the_remaining_deadline_are_passed_on(gateway: httpx.Client, last_call: Any) -> None:
    answer = gateway.post("/recommend", files=FORM, headers={"X-Request-ID": "the-id-of-a-test"})
    assert answer.headers["x-request-id"] == "the-id-of-a-test"
    for service in ("face_emotion", "recommender"):
        assert last_call(service)["headers"]["x-request-id"] == "the-id-of-a-test"
        assert 0 < int(last_call(service)["headers"]["x-deadline-ms"]) <= 3000


def test_the_mean_of_all_faces_decides(open_gateway: Any) -> None:
    with serve(face_service(HAPPY, ANGRY, ANGRY)) as url:
        body = open_gateway(face_emotion_url=url).post("/recommend", params={"faces": "all"}, files=FORM).json()
    assert body["emotion"]["label"] == body["mood"]["label"] == "angry"
    assert body["emotion"]["scores"]["happy"] == pytest.approx(0.3)
    assert len(body["faces"]) == 3


def test_a_service_s_problem_is_passed_on(open_gateway: Any) -> None:
    with serve(face_service()) as url:
        answer = open_gateway(face_emotion_url=url).post("/recommend", files=FORM)
    assert answer.status_code == 422
    assert answer.json()["type"] == "no-face"
    assert answer.json()["detail"] == "the image shows no face"


def test_emotion_gives_faces_and_the_photo_s_size(gateway: httpx.Client, last_call: Any) -> None:
    body = gateway.post("/emotion", params={"emotions": 8, "faces": "all"}, files=FORM).json()
    assert (body["width"], body["height"]) == (64, 48)
    assert list(body["faces"][0]) == ["box", "landmarks", "regions", "detection_score", "emotion", "scores"]
    assert (last_call("face_emotion")["emotions"], last_call("face_emotion")["faces"]) == (8, "all")


def test_moods_returns_the_mapping(gateway: httpx.Client) -> None:
    assert gateway.get("/moods").json()["moods"][1] == {"mood": "sad", "emotions": ["fear", "sad"]}


def test_tracks_of_a_mood_need_no_photo(gateway: httpx.Client, last_call: Any) -> None:
    body = gateway.get("/moods/relaxed/tracks", params={"limit": 2}).json()
    assert body["mood"] == "relaxed"
    assert len(body["tracks"]) == 2
    assert last_call("recommender")["body"]["scores"] == {"angry": 0, "sad": 0, "happy": 0, "relaxed": 1}


def test_lyrics_give_one_result_per_text(gateway: httpx.Client, last_call: Any) -> None:
    body = gateway.post("/lyrics/mood", json={"texts": ["one", "two"]}).json()
    assert [result["mood"] for result in body["results"]] == ["happy", "happy"]
    assert last_call("lyrics_mood")["body"] == {"texts": ["one", "two"]}


def test_a_search_sends_only_the_options_that_are_set(gateway: httpx.Client, last_call: Any) -> None:
    body = gateway.get("/tracks", params={"q": "queen", "mood": "sad", "explicit": "false", "cursor": "abc"}).json()
    assert body["next_cursor"] == "next"
    assert last_call("recommender")["body"] == {
        "q": "queen",
        "mood": "sad",
        "explicit": "false",
        "cursor": "abc",
        "provider": "spotify",
        "limit": "10",
    }


def test_one_song_is_looked_up_at_its_provider(gateway: httpx.Client, last_call: Any) -> None:
    known = gateway.get("/tracks").json()["tracks"][0]
    answer = gateway.get(f"/tracks/{known['id']}", params={"provider": "youtube"})
    assert answer.status_code == 200
    assert answer.json() == {
        "track": known | {"artwork_url": "https://i.ytimg.com/1.jpg"},
        "degraded": ["youtube-limited"],
    }
    assert last_call("recommender")["body"] == {"provider": "youtube"}


def test_a_song_that_is_not_in_the_catalogue_is_an_unknown_track(gateway: httpx.Client) -> None:
    answer = gateway.get("/tracks/0123456789ab")
    assert (answer.status_code, answer.json()["type"]) == (404, "unknown-track")


@pytest.mark.parametrize("path", ["/tracks/0123456789AB", "/tracks/..%2Fhealth", "/tracks/0123456789ab?provider=radio"])
def test_an_invalid_song_lookup_is_refused_without_a_call(
    gateway: httpx.Client, services: dict[str, FastAPI], path: str
) -> None:
    before = len(services["recommender"].state.calls)
    answer = gateway.get(path)
    assert answer.status_code in (404, 422)
    assert len(services["recommender"].state.calls) == before


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=51", "limit=ten", "policy=best", "provider=radio", "faces=two", "seed=-1",
        "exclude=nothex", "exclude=0123456789AB", "year_from=soon", "year_to=99999", "explicit=very",
        f"exclude={','.join(['0123456789ab'] * 501)}",
    ],
)  # fmt: skip
def test_an_invalid_query_is_refused(gateway: httpx.Client, query: str) -> None:
    answer = gateway.post(f"/recommend?{query}", files=FORM)
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")
    assert query.split("=", maxsplit=1)[0] in answer.json()["detail"]
