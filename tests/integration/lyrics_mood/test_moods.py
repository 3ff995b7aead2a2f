"""The lyrics-mood app behind a real server: its answers and its errors."""

import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from support.server import serve

from lyrics_mood.app import create_app
from lyrics_mood.settings import Settings

HAPPY = "Sunny garden, happy people laugh and dance, everybody smile tonight\n" * 10
MAX_BODY_BYTES = 2_000_000


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    settings = Settings(max_body_bytes=MAX_BODY_BYTES)
    with serve(create_app(settings)) as base_url, httpx.Client(base_url=base_url, timeout=20) as client:
        yield client


def ask(client: httpx.Client, *texts: Any) -> httpx.Response:
    return client.post("/v1/moods", json={"texts": texts})


def assert_problem(client: httpx.Client, response: httpx.Response, status: int, kind: str, detail: str = "") -> None:
    """Check that a response is this problem document, and that the server answers the next valid request."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == kind
    assert detail in response.json()["detail"]
    assert ask(client, "love").status_code == 200


def test_happy_lyrics_are_happy(client: httpx.Client) -> None:
    response = ask(client, HAPPY)
    assert response.status_code == 200
    answer = response.json()
    assert answer["model"] == "lyrics-mood"
    (result,) = answer["results"]
    for scored in (result, result["words"]):
        assert scored["mood"] == "happy"
        assert list(scored["scores"]) == ["angry", "sad", "happy", "relaxed"]
        assert sum(scored["scores"].values()) == pytest.approx(1, abs=1e-5)
    assert result["words"]["scores"] != result["scores"]
    assert 0.9 < result["coverage"] <= 1
    assert (result["language"], result["explicit"], result["trusted"]) == ("en", False, True)


def test_a_model_without_word_scores_answers_null_for_words() -> None:
    app = create_app(Settings(model="reference"))
    with serve(app) as base_url, httpx.Client(base_url=base_url, timeout=20) as client:
        answer = ask(client, HAPPY).json()
    assert answer["model"] == "reference"
    assert answer["results"][0]["words"] is None


def test_results_come_in_the_order_of_the_texts(client: httpx.Client) -> None:
    texts = ["kill hate war blood " * 20, HAPPY] * 50
    together = ask(client, *texts).json()["results"]
    alone = [ask(client, text).json()["results"][0] for text in texts[:2]]
    assert [result["mood"] for result in together] == [result["mood"] for result in alone] * 50
    assert together[-1]["scores"] == pytest.approx(alone[-1]["scores"], abs=1e-5)


def test_a_text_in_another_script_has_coverage_0(client: httpx.Client) -> None:
    response = ask(client, "Сегодня хорошая погода", "今日は天気がいい")
    assert response.status_code == 200
    assert [result["coverage"] for result in response.json()["results"]] == [0, 0]


def test_a_text_in_another_language_has_its_language_and_is_not_trusted(client: httpx.Client) -> None:
    (german,) = ask(client, "Morgen gehen wir durch die Stadt, denn heute ist es hier sehr kalt").json()["results"]
    assert (german["language"], german["trusted"]) == ("de", False)
    (unknown,) = ask(client, "na na na").json()["results"]
    assert unknown["language"] is None


def test_strong_language_is_flagged(client: httpx.Client) -> None:
    results = ask(client, "they all talk shit about the weather", "what the hell is this weather").json()["results"]
    assert [result["explicit"] for result in results] == [True, False]


def test_the_openapi_page_says_that_trust_needs_english(client: httpx.Client) -> None:
    result = client.get("/openapi.json").json()["components"]["schemas"]["TextMood"]
    assert {"language", "explicit", "trusted"} <= set(result["required"])
    assert "English" in result["properties"]["trusted"]["description"]


def test_the_longest_text_is_answered(client: httpx.Client) -> None:
    assert ask(client, "love " * 10_000).status_code == 200


WORDLESS = {
    **dict.fromkeys(("mood", "scores", "words", "language")),
    **{"coverage": 0, "explicit": False, "trusted": False},
}


@pytest.mark.parametrize("text", ["", "1234 !!!", " \n\t"])
def test_a_text_without_words_has_no_mood_and_leaves_the_others_theirs(client: httpx.Client, text: str) -> None:
    alone = ask(client, HAPPY).json()["results"]
    assert ask(client, text, HAPPY, text).json()["results"] == [WORDLESS, *alone, WORDLESS]


@pytest.mark.parametrize("texts", [[""], ["1", "2"], ["..."] * 100])
def test_texts_that_are_all_without_words_are_answered(client: httpx.Client, texts: list[str]) -> None:
    answer = ask(client, *texts)
    assert (answer.status_code, answer.json()["results"]) == (200, [WORDLESS] * len(texts))


def test_lyrics_of_a_megabyte_are_refused(client: httpx.Client) -> None:
    assert_problem(
        client, ask(client, "love " * 200_000), 422, "invalid-request", "texts.0: must have at most 50000 characters"
    )


def test_a_body_over_the_limit_is_refused(client: httpx.Client) -> None:
    assert_problem(client, ask(client, *["love " * 9_000] * 60), 413, "body-too-large")


def test_more_than_a_hundred_texts_are_refused(client: httpx.Client) -> None:
    assert_problem(client, ask(client, *["love"] * 101), 422, "invalid-request", "texts: must have at most 100 items")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"texts": ["love"',
        b'{"texts": "love"}',
        b'{"texts": []}',
        b'{"texts": [1]}',
        b'{"texts": [null]}',
        b'{"text": ["love"]}',
        b'["love"]',
        b'{"texts": ["\\ud800 love"]}',
    ],
)
def test_a_body_of_another_form_is_refused(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/moods", content=body, headers={"content-type": "application/json"})
    assert_problem(client, response, 422, "invalid-request")


@pytest.mark.parametrize("body", [b'{"texts": ["\xff\xfe"]}', b"[" * 100_000])
def test_a_body_that_is_not_json_is_refused(client: httpx.Client, body: bytes) -> None:
    response = client.post("/v1/moods", content=body, headers={"content-type": "application/json"})
    assert_problem(client, response, 422, "invalid-request")


def test_another_method_is_refused(client: httpx.Client) -> None:
    response = client.get("/v1/moods")
    assert_problem(client, response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


def test_lyrics_are_neither_echoed_nor_logged(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    secret = "zanzibarian"
    with caplog.at_level(logging.DEBUG):
        answers = [ask(client, secret), ask(client, secret, "1"), ask(client, secret, 7), ask(client, secret * 5000)]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422]
    assert not [answer for answer in answers if secret in answer.text]
    assert secret not in caplog.text


def test_the_openapi_page_describes_the_call_with_an_example(client: httpx.Client) -> None:
    page = client.get("/openapi.json").json()
    assert {"200", "413", "422", "503", "504"} <= set(page["paths"]["/v1/moods"]["post"]["responses"])
    (example,) = page["components"]["schemas"]["MoodsRequest"]["properties"]["texts"]["examples"]
    assert ask(client, *example).status_code == 200


def test_ready_once_the_model_is_loaded(client: httpx.Client) -> None:
    assert client.get("/health/ready").status_code == 200
