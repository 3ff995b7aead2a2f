"""Query parameters that a call does not have, and values that nothing has, are refused with the nearest known one."""

import time
from typing import Any

import httpx
import pytest

CALLS = [
    ("POST", "/recommend"), ("POST", "/emotion"), ("GET", "/moods"), ("GET", "/moods/happy/tracks"),
    ("POST", "/lyrics/mood"), ("GET", "/tracks"), ("GET", "/tracks/6b86b273ff34"), ("GET", "/genres"),
    ("GET", "/languages"),
]  # fmt: skip


def send(client: httpx.Client, method: str, url: str) -> httpx.Response:
    """Send a request that is right but for its query."""
    body: dict[str, Any] = {"json": {"texts": ["love"]}} if "lyrics" in url else {"files": {"image": b"x"}}
    return client.request(method, url, **(body if method == "POST" else {}))


def detail(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request"), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["detail"])


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_call_refuses_a_parameter_that_it_does_not_have(gateway: httpx.Client, method: str, path: str) -> None:
    assert send(gateway, method, path).status_code == 200
    assert detail(send(gateway, method, f"{path}?surprise=1")).startswith("surprise: there is no such parameter")


def test_all_public_calls_are_tested(gateway: httpx.Client) -> None:
    paths = set(gateway.get("/openapi.json").json()["paths"])
    tested = {path.replace("happy", "{mood}").replace("6b86b273ff34", "{track_id}") for _, path in CALLS}
    assert paths - tested == {"/health/live", "/health/ready", "/metrics"}


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/moods/happy/tracks?limt=5", "limt: there is no such parameter (did you mean limit?)"),
        ("/moods/happy/tracks?LIMIT=5", "LIMIT: there is no such parameter (did you mean limit?)"),
        ("/tracks?langauge=en", "langauge: there is no such parameter (did you mean language?)"),
        ("/tracks?year=1999", "year: there is no such parameter (did you mean year_to?)"),
        ("/moods?x=1", "x: there is no such parameter; this call has none"),
        ("/genres?x=1", "x: there is no such parameter; there are mood"),
        ("/genres?x=1&moood=sad", "x: there is no such parameter; there are mood; "
         "moood: there is no such parameter (did you mean mood?)"),
        ("/genres?" + "x" * 50 + "=1", "…: there is no such parameter; there are mood"),
        ("/genres?%3Cscript%3E=1", "…: there is no such parameter; there are mood"),
        ("/languages?mood=sad&b", "b: there is no such parameter (a & inside a value is written %26); there are mood"),
        ("/tracks?genre=rock&genre=pop", "genre: is there more than once, but takes one value"),
        ("/tracks?limit=5&limit=6", "limit: is there more than once, but takes one value"),
    ],
)  # fmt: skip
def test_the_nearest_parameter_is_named(gateway: httpx.Client, path: str, meant: str) -> None:
    assert detail(gateway.get(path)) == meant


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("GET", "/moods/hapy/tracks", "mood: must be angry, sad, happy or relaxed (did you mean happy?)"),
        ("GET", "/tracks?mood=relax", "mood: must be angry, sad, happy or relaxed (did you mean relaxed?)"),
        ("GET", "/genres?mood=happyy", "mood: must be angry, sad, happy or relaxed (did you mean happy?)"),
        ("GET", "/moods/sad/tracks?policy=lft", "policy: must be match or lift (did you mean lift?)"),
        (
            "GET", "/tracks?provider=spotfy",
            "provider: must be spotify, youtube or soundcloud (did you mean spotify?)",
        ),
        ("POST", "/recommend?faces=singel", "faces: must be largest, all or single (did you mean single?)"),
        ("POST", "/emotion?emotions=9", "emotions: must be 7 or 8"),
        ("POST", "/emotion?emotions=secret", "emotions: must be 7 or 8"),
        ("GET", "/tracks?limit=ten", "limit: must be a whole number"),
        ("GET", "/tracks?limit=51", "limit: must be at most 50"),
        ("GET", "/tracks?explicit=very", "explicit: must be true or false"),
        ("GET", "/tracks?year_from=1990&year_to=1980", "year_from must not be after year_to"),
        ("GET", "/tracks?genre=", "genre: must have 1 or more characters"),
        ("GET", "/tracks/nothing", "track_id: must be 12 hexadecimal digits"),
        ("GET", "/moods/sad/tracks?exclude=secret", "exclude.0: must be 12 hexadecimal digits"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_in_plain_words(gateway: httpx.Client, method: str, path: str, words: str) -> None:
    assert detail(send(gateway, method, path)) == words


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"texts": ["a" x', "the body is not valid JSON: the first fault is at character 15"),
        (b"\xff", "the body cannot be read as JSON"),
        (b"[" * 100_000, "the body cannot be read as JSON"),
        (b"", "the body is missing"),
        (b"[]", "the body must be an object"),
        (b"{}", "texts: is missing"),
        (b'{"texts": "secret"}', "texts: must be a list"),
        (b'{"texts": [1]}', "texts.0: must be text"),
        (b'{"texts": ["\\ud800 secret"]}', "texts.0: has characters that are not valid Unicode"),
    ],
)
def test_a_wrong_body_is_said_in_plain_words(gateway: httpx.Client, body: bytes, words: str) -> None:
    answer = gateway.post("/lyrics/mood", content=body, headers={"Content-Type": "application/json"})
    assert detail(answer) == words


@pytest.mark.parametrize(
    "path",
    [
        "/moods/sad/tracks?exclude=" + "a," * 30_000,
        "/moods/sad/tracks?" + "exclude=a&" * 6_000,
        "/tracks?" + "&".join(f"p{number}=1" for number in range(7_000)),
        "/tracks?limit=" + "9" * 60_000,
        "/moods/" + "h" * 60_000 + "/tracks",
    ],
)
def test_a_long_query_of_faults_is_refused_quickly_and_briefly(gateway: httpx.Client, path: str) -> None:
    started = time.perf_counter()
    assert len(detail(gateway.get(path))) < 1000
    assert time.perf_counter() - started < 0.5


def test_parameters_that_take_several_values_may_be_repeated(gateway: httpx.Client) -> None:
    ids = "exclude=6b86b273ff34&exclude=d4735e3a265e"
    assert gateway.get(f"/moods/sad/tracks?{ids}").status_code == 200


def test_pages_and_operations_take_any_parameter(gateway: httpx.Client) -> None:
    answers = [
        gateway.get(f"{path}?x=1")
        for path in ("/", "/docs", "/openapi.json", "/health/live", "/health/ready", "/metrics")
    ]
    assert [answer.status_code for answer in answers] == [307, 200, 200, 200, 200, 200]


def test_an_unknown_parameter_is_refused_before_the_photo_is_read(gateway: httpx.Client) -> None:
    assert "limit" in detail(gateway.post("/recommend?limt=5", content=b"no form"))


def test_genres_and_languages_are_listed(gateway: httpx.Client, last_call: Any) -> None:
    assert gateway.get("/genres").json() == {"genres": [{"genre": "r&b", "tracks": 2}, {"genre": "rock", "tracks": 1}]}
    assert last_call("recommender")["body"] == {}
    assert gateway.get("/languages?mood=sad").json() == {"languages": [{"language": "en", "tracks": 3}]}
    assert last_call("recommender")["body"] == {"mood": "sad"}
