from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine

from recommender.settings import Settings

SONGS = 300


def pages(client: httpx.Client, **query: str | int) -> Iterator[list[dict[str, object]]]:
    while True:
        page = client.get("/v1/tracks", params=query)
        assert page.status_code == 200, page.text
        yield page.json()["tracks"]
        if page.json()["next_cursor"] is None:
            return
        query["cursor"] = page.json()["next_cursor"]


def found(client: httpx.Client, **query: str | int) -> list[dict[str, object]]:
    return [track for page in pages(client, limit=50, **query) for track in page]


@pytest.mark.parametrize("limit", [50, 37])
def test_pages_hold_every_song_exactly_once(client: httpx.Client, limit: int) -> None:
    *full, last = pages(client, limit=limit)
    ids = [str(track["id"]) for page in (*full, last) for track in page]
    assert ids == sorted(set(ids))
    assert len(ids) == SONGS
    assert {len(page) for page in full} == {limit}
    assert 0 < len(last) <= limit


def test_pages_of_a_search_hold_every_hit_exactly_once(client: httpx.Client) -> None:
    ids = [track["id"] for page in pages(client, q="sonng", mood="sad", limit=7) for track in page]
    assert ids == [track["id"] for track in found(client, q="sonng", mood="sad")]
    assert len(ids) == len(set(ids)) > 7


@pytest.mark.parametrize("q", ["cafe senorita", "SEÑORITA café", "señorita artist", "Café — Señorita!"])
def test_words_are_found_in_any_case_order_and_accent(client: httpx.Client, q: str) -> None:
    hits = found(client, q=q)
    assert hits
    assert all("Café — Señorita" in str(track["title"]) for track in hits)


def test_all_words_must_occur(client: httpx.Client) -> None:
    assert found(client, q="song")
    assert found(client, q="song absentword") == []


@pytest.mark.parametrize("q", ["song%99", "song_99", "song*99", "song/99", "song\\99", "[song]99"])
def test_wildcards_are_spaces(client: httpx.Client, q: str) -> None:
    assert found(client, q=q) == found(client, q="99 song")


@pytest.mark.parametrize("q", ["%", "_", "%%%", "❤", " ", "\0", "'", "!!!"])
def test_punctuation_finds_nothing(client: httpx.Client, q: str) -> None:
    assert found(client, q=q) == []


def test_punctuation_in_a_title_is_no_obstacle(client: httpx.Client) -> None:
    assert {str(t["title"])[:14] for t in found(client, q="100% love_song")} == {"100% Love_Song"}
    assert {str(t["title"])[:9] for t in found(client, q="❤ emoji 😀")} == {"❤ Emoji 😀"}
    assert {str(t["title"])[:9] for t in found(client, q="STRASSE 東京")} == {"Straße 東京"}


@pytest.mark.parametrize(
    ("q", "hits"), [("'; DROP TABLE tracks; --", 9), ("' OR 'a'='a' --", 0), ('" UNION SELECT 1 --', 0)]
)
def test_sql_is_text(client: httpx.Client, q: str, hits: int) -> None:
    assert len(found(client, q=q)) == hits
    assert len(found(client)) == SONGS


def test_nul_bytes_separate_words(client: httpx.Client) -> None:
    assert found(client, q="cafe\0senorita") == found(client, q="cafe senorita")
    assert client.get("/v1/tracks", params={"language": "en\0"}).status_code == 422
    assert found(client, language=" EN ") == found(client, language="en")


def test_the_artist_filter_needs_the_whole_name_in_any_case(client: httpx.Client) -> None:
    assert len(found(client, artist="ARTIST 24")) == 4
    assert {track["artist"] for track in found(client, artist=" artist-24 ")} == {"Artist 24"}
    assert found(client, artist="Artist") == []


def test_filters_narrow_together(client: httpx.Client) -> None:
    hits = found(client, mood="happy", genre="Rock", language="en", year_from=1970, year_to=1979)
    assert hits
    for track in hits:
        facts = (track["mood"], track["genre"], track["language"])
        assert facts == ("happy", "rock", "en")
        assert 1970 <= int(str(track["year"])) <= 1979


@pytest.mark.parametrize("explicit", [True, False])
def test_explicit_songs_can_be_left_out_or_selected(client: httpx.Client, explicit: bool) -> None:
    hits = found(client, explicit=str(explicit).lower())
    assert len(hits) == 100
    assert {track["explicit"] for track in hits} == {explicit}


def test_best_matches_come_first(client: httpx.Client) -> None:
    assert str(found(client, q="emojy artist")[0]["title"]).startswith("❤ Emoji 😀")
    assert found(client, q="sonng 101")[0]["title"] == "Song 101"


def test_links_lead_to_the_provider(client: httpx.Client) -> None:
    tracks = client.get("/v1/tracks", params={"provider": "youtube"}).json()["tracks"]
    assert len(tracks) == 10
    assert all(track["url"].startswith("https://www.youtube.com/") for track in tracks)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("limit=0", "limit"),
        ("limit=1000", "limit"),
        ("limit=ten", "limit"),
        ("mood=bored", "mood"),
        ("provider=napster", "provider"),
        ("year_from=2000&year_to=1990", "year_from must not be after year_to"),
        ("year_from=99999999999999999999999", "year_from"),
        ("q=", "q"),
        ("q=" + "x" * 201, "q"),
        ("artist=", "artist"),
        ("cursor=", "cursor"),
        ("cursor=not-a-cursor", "cursor"),
        ("cursor=AAAAPyqcG31A&q=song", "cursor"),
        ("cursor=AABkPyqcG31A", "cursor"),
        ("cursor=PyqcG31A", "cursor"),
        ("explicit=very", "explicit"),
        ("cursor=%00%00%00%00%00%00%00%00", "cursor"),
        ("cursor='%20OR%201=1", "cursor"),
        ("surprise=1", "surprise"),
    ],
)
def test_an_invalid_parameter_is_refused_by_name(client: httpx.Client, query: str, names: str) -> None:
    answer = client.get(f"/v1/tracks?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "invalid-request"
    assert names in answer.json()["detail"]


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ED%A0%80", "q=%"])
def test_invalid_utf8_finds_nothing(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/tracks?{query}").json()["tracks"] == []


def test_invalid_utf8_is_no_genre(client: httpx.Client) -> None:
    assert client.get("/v1/tracks?genre=%F0%28%8C%28").status_code == 422


def test_a_broken_database_is_reported_and_used_when_it_is_back(client: httpx.Client, settings: Settings) -> None:
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE editions RENAME TO gone")
    answer = client.get("/v1/tracks")
    assert (answer.status_code, answer.json()["type"]) == (503, "upstream-unavailable")
    assert client.get("/health/ready").json()["dependencies"]["database"] == "away"
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO editions")
    engine.dispose()
    assert client.get("/v1/tracks").status_code == 200
    assert client.get("/health/ready").json()["dependencies"]["database"] == "ok"


def test_openapi_describes_every_field_with_an_example(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    for call in (document["paths"]["/v1/recommendations"]["post"], document["paths"]["/v1/tracks"]["get"]):
        assert call["summary"]
        assert call["description"]
        for parameter in call.get("parameters", []):
            assert parameter["description"], parameter
    for name in ("RecommendationRequest", "FilterFields", "TrackBody"):
        for field, schema in document["components"]["schemas"][name]["properties"].items():
            assert schema["description"], (name, field)
            assert schema["examples"], (name, field)


def test_the_database_of_a_user_lies_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RECOMMENDER_DATABASE_URL", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Settings().database_url == f"sqlite:///{tmp_path / 'musicalface' / 'catalogue.db'}"
