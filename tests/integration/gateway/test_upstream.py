import time
from typing import Any

import httpx
import pytest
from fakes.bad_servers import Behaviour, answer, bad_server, reset, speak_no_http, stay_silent
from support.server import free_port
from support.waiting import wait_until

FORM = {"image": b"the bytes of a photo"}
TRACKS = b'{"tracks": [], "degraded": []}'
PROBLEM = b'{"type":"%s","title":"t","status":503,"detail":"said so","request_id":"r"}'
PROBLEM_JSON = "application/problem+json"


def type_of(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == PROBLEM_JSON
    return response.status_code, response.json()["type"]


@pytest.mark.parametrize(
    "behaviour",
    [
        reset,
        speak_no_http,
        answer(b"not json"),
        answer(b'{"faces": []}'),
        answer(b'{"width": 1, "height": 1, "faces": []}'),
        answer(b"Internal Server Error", "text/plain", "500 Internal Server Error"),
        answer(b"not a problem", PROBLEM_JSON, "503 Service Unavailable"),
        answer(PROBLEM % b"never-heard-of", PROBLEM_JSON, "503 Service Unavailable"),
        answer(PROBLEM % b"internal-error", PROBLEM_JSON, "500 Internal Server Error"),
        answer(b"", "text/html", "302 Found"),
    ],
)
def test_a_service_that_fails_is_unavailable_and_inference_is_never_retried(
    open_gateway: Any, behaviour: Behaviour
) -> None:
    with bad_server(behaviour) as (url, connections):
        client = open_gateway(face_emotion_url=url)
        wait_for(connections, 1)  # the readiness probe; the next one comes 5 s later
        response = client.post("/recommend", files=FORM)
        called = len(connections) - 1
    assert type_of(response) == (503, "upstream-unavailable")
    assert "face-emotion" in response.json()["detail"]
    assert called == 1


def test_a_service_that_is_not_there_is_unavailable(open_gateway: Any) -> None:
    client = open_gateway(recommender_url=f"http://127.0.0.1:{free_port()}")
    assert type_of(client.post("/recommend", files=FORM)) == (503, "upstream-unavailable")
    assert type_of(client.get("/tracks")) == (503, "upstream-unavailable")
    assert client.post("/emotion", files=FORM).status_code == 200


def test_a_call_whose_client_has_gone_is_cancelled(open_gateway: Any) -> None:
    with bad_server(stay_silent) as (url, _):
        client = open_gateway(face_emotion_url=url, deadline_s=20)
        with pytest.raises(httpx.ReadTimeout):
            client.post("/emotion", files=FORM, timeout=0.3)
        cancelled = 'method="POST",route="/emotion",service="gateway",status="499"'
        wait_until(lambda: cancelled in client.get("/metrics").text, 2)


def test_a_silent_service_times_out_at_the_deadline(open_gateway: Any) -> None:
    with bad_server(stay_silent) as (url, _):
        client = open_gateway(face_emotion_url=url, deadline_s=0.4)
        started = time.monotonic()
        assert type_of(client.post("/recommend", files=FORM)) == (504, "upstream-timeout")
        assert 0.3 < time.monotonic() - started < 2


def test_a_problem_keeps_its_type_its_detail_and_its_retry_after(open_gateway: Any) -> None:
    busy = PROBLEM_JSON + "\r\nRetry-After: 7"
    with bad_server(answer(PROBLEM % b"overloaded", busy, "503 Service Unavailable")) as (url, _):
        response = open_gateway(face_emotion_url=url).post("/recommend", files=FORM)
    assert type_of(response) == (503, "overloaded")
    assert response.json()["detail"] == "said so"
    assert response.headers["retry-after"] == "7"


def test_a_read_is_retried_once_if_the_connection_fails(open_gateway: Any) -> None:
    # The first connection is the readiness probe.
    with bad_server(reset, reset, answer(TRACKS)) as (url, connections):
        client = open_gateway(recommender_url=url)
        wait_for(connections, 1)
        response = client.get("/moods/happy/tracks")
    assert response.status_code == 200
    assert len(connections) == 3


def test_a_read_is_retried_no_more_than_once(open_gateway: Any) -> None:
    with bad_server(reset) as (url, connections):
        client = open_gateway(recommender_url=url)
        wait_for(connections, 1)
        response = client.get("/moods/happy/tracks")
        assert type_of(response) == (503, "upstream-unavailable")
        assert len(connections) == 3


def test_recommend_does_not_notice_that_lyrics_mood_is_down(open_gateway: Any) -> None:
    client = open_gateway(lyrics_mood_url=f"http://127.0.0.1:{free_port()}")
    assert client.post("/recommend", files=FORM).status_code == 200
    assert type_of(client.post("/lyrics/mood", json={"texts": ["one"]})) == (503, "upstream-unavailable")


def test_readiness_names_the_services_that_are_away_and_stays_200(open_gateway: Any) -> None:
    client = open_gateway(lyrics_mood_url=f"http://127.0.0.1:{free_port()}")
    for _ in range(100):
        response = client.get("/health/ready")
        assert response.status_code == 200
        states = response.json()["dependencies"]
        if "unknown" not in states.values():
            break
        time.sleep(0.02)
    assert states == {"face-emotion": "ready", "lyrics-mood": "upstream-unavailable", "recommender": "ready"}


def test_readiness_includes_the_dependencies_of_services(open_gateway: Any) -> None:
    with bad_server(answer(b'{"status": "ready", "dependencies": {"spotify": "limited"}}')) as (url, _):
        client = open_gateway(recommender_url=url)
        wait_until(lambda: "recommender.spotify" in client.get("/health/ready").json()["dependencies"])
        states = client.get("/health/ready").json()["dependencies"]
    assert (states["recommender"], states["recommender.spotify"]) == ("ready", "limited")


def wait_for(connections: list[int], count: int) -> None:
    give_up = time.monotonic() + 5
    while len(connections) < count:
        assert time.monotonic() < give_up, f"{len(connections)} connections instead of {count}"
        time.sleep(0.01)
