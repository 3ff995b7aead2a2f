"""Names made comparable, and the ids made of them."""

import pytest

from musicalface_training.names import normalise, song_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("  The   Beatles ", "the beatles"),
        ("Beyonc\u00e9", "beyonce"),
        ("Beyonce\u0301", "beyonce"),
        ("AC/DC", "ac dc"),
        ("Mot\u00f6rhead!!", "motorhead"),
        ("Stra\u00dfe", "strasse"),
        ("結束バンド", "結束ハント"),
        ("under_score 99", "under score 99"),
        ("!!!", ""),
    ],
)
def test_normalise(name: str, expected: str) -> None:
    assert normalise(name) == expected


def test_ids_do_not_change() -> None:
    assert song_id("Beyonc\u00e9", "Halo") == song_id("BEYONCE", " halo! ") == "743016c3ac15"


def test_artist_and_title_are_not_run_together() -> None:
    assert song_id("a b", "c") != song_id("a", "b c")
