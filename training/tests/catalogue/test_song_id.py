"""The ids of songs stay the same."""

from recommender.domain.track import song_id


def test_ids_do_not_change() -> None:
    assert song_id("Beyonc\u00e9", "Halo") == song_id("BEYONCE", " halo! ") == "743016c3ac15"


def test_artist_and_title_are_not_run_together() -> None:
    assert song_id("a b", "c") != song_id("a", "b c")
