"""What can be filtered by: counted in the database, and asked of every filter."""

import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine
from support.server import serve

from musicalface_common.vocabulary import MOODS
from recommender.app import create_app
from recommender.catalogue.facts_file import FactsFile
from recommender.settings import Settings

UNKNOWN = {
    "genre=rockk": "genre: no song has this genre (did you mean rock?)",
    "genre=rock,rockk": "genre: no song has this genre (did you mean rock?)",
    "genre=zydeco": "genre: no song has this genre (genres lists those that have some)",
    "language=eng": "language: no song has this language (did you mean en?)",
    "language=xx": "language: no song has this language (languages lists those that have some)",
}


def counted(settings: Settings, fact: str, mood: str | None) -> dict[str, int]:
    """Count the songs of the facts file by a fact, without the database."""
    songs = FactsFile(settings.catalogue_file).songs
    return Counter(getattr(song, fact) for song in songs if getattr(song, fact) and mood in (None, song.mood))


@pytest.mark.parametrize("fact", ["genre", "language"])
@pytest.mark.parametrize("mood", [None, *MOODS])
def test_the_counts_are_those_of_the_songs(
    client: httpx.Client, settings: Settings, fact: str, mood: str | None
) -> None:
    answer = client.get(f"/v1/{fact}s", params={} if mood is None else {"mood": mood})
    assert answer.status_code == 200
    rows = answer.json()[f"{fact}s"]
    assert {row[fact]: row["tracks"] for row in rows} == counted(settings, fact, mood)
    assert rows == sorted(rows, key=lambda row: (-row["tracks"], row[fact]))


def test_genres_have_aliases_and_may_be_several(client: httpx.Client) -> None:
    found = [
        client.get("/v1/tracks", params={"genre": genre, "limit": 50}).json()["tracks"] for genre in ("RnB", "R&B")
    ]
    assert found[0] == found[1] != []
    several = client.get("/v1/tracks", params={"genre": "rnb, Rock", "limit": 50}).json()["tracks"]
    assert {track["genre"] for track in several} == {"R&B", "rock"}


def test_each_listed_value_finds_as_many_songs(client: httpx.Client) -> None:
    for fact in ("genre", "language"):
        for row in client.get(f"/v1/{fact}s").json()[f"{fact}s"]:
            found, cursor = 0, None
            while True:
                query = {fact: row[fact], "limit": 50} | ({"cursor": cursor} if cursor else {})
                page = client.get("/v1/tracks", params=query).json()
                found, cursor = found + len(page["tracks"]), page["next_cursor"]
                if cursor is None:
                    break
            assert found == row["tracks"]


@pytest.mark.parametrize("query", UNKNOWN)
def test_a_value_that_no_song_has_is_refused_with_the_nearest_known_one(client: httpx.Client, query: str) -> None:
    fact, value = query.split("=")
    wish = {"mood": "happy", "scores": {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}, "filters": {fact: value}}
    for answer in (client.get(f"/v1/tracks?{query}"), client.post("/v1/recommendations", json=wish)):
        assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")
        assert answer.json()["detail"] == UNKNOWN[query]


@pytest.mark.parametrize("query", ["genre=ROCK", "genre=r%26b", "genre=r-b", "language=EN", "language=%20es"])
def test_spellings_of_a_known_value_are_known(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/tracks?{query}").json()["tracks"]


def test_a_wrong_mood_is_refused(client: httpx.Client) -> None:
    for path in ("genres", "languages"):
        answer = client.get(f"/v1/{path}?mood=hapy")
        assert answer.status_code == 422
        assert answer.json()["detail"].endswith("(did you mean happy?)")


def test_no_request_reads_the_songs_to_know_the_values(client: httpx.Client, settings: Settings) -> None:
    """The facets stay while the database is away, and so do lists that a cache holds."""
    wish = {"mood": "happy", "scores": {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}, "filters": {"genre": "rock"}}
    assert client.post("/v1/recommendations", json=wish).json()["tracks"]
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tracks RENAME TO gone")
    try:
        assert client.get("/v1/genres").status_code == 200
        assert client.post("/v1/recommendations", json=wish).json()["tracks"]
        assert client.get("/v1/tracks?genre=rockk").status_code == 422
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO tracks")
        engine.dispose()


def test_facets_of_the_packaged_catalogue_cost_little(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/catalogue.db"))
    with serve(app) as base_url, httpx.Client(base_url=base_url) as client:
        assert client.get("/v1/languages").json()["languages"][0]["language"] == "en"
        started = time.perf_counter()
        for _ in range(20):
            assert client.get("/v1/tracks?genre=rockk").status_code == 422
            assert len(client.get("/v1/genres").json()["genres"]) > 20
        assert time.perf_counter() - started < 2
