import time

import pytest

from musicalface_common.validation.nearest import did_you_mean, nearest

GENRES = ["rock", "pop", "metal", "classic rock", "r&b", "hip hop", "rock-and-roll"]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("limt", ["limit", "policy", "seed"], "limit"),
        ("rockk", GENRES, "rock"),
        ("ROCK", GENRES, "rock"),
        ("hiphop", GENRES, "hip hop"),
        ("deu", ["eu", "de", "en"], "de"),
        ("deu", ["de", "eu", "en"], "de"),
        ("GATEWAY_RATE_LIMITS", ["GATEWAY_RATE_LIMIT", "GATEWAY_REDIS_URL"], "GATEWAY_RATE_LIMIT"),
        ("zydeco", GENRES, None),
        ("", GENRES, None),
        ("rock", [], None),
    ],
)
def test_the_nearest_known_word(word: str, known: list[str], meant: str | None) -> None:
    assert nearest(word, known) == meant


def test_a_word_of_a_megabyte_is_compared_at_once() -> None:
    started = time.perf_counter()
    nearest("rock" * 250_000, GENRES * 20)
    assert time.perf_counter() - started < 0.2


def test_the_question_is_left_out_where_nothing_is_near() -> None:
    assert did_you_mean("rok", GENRES) == " (did you mean rock?)"
    assert did_you_mean("zydeco", GENRES) == ""
