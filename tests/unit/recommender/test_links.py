from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.adapters.links import embed_url, track_url
from recommender.domain.provider import Provider
from recommender.domain.track import Track

MakeSong = Callable[..., Track]
SPOTIFY_ID = "0bRXwKfigvpKZUurwqAlEh"
NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


def test_a_known_spotify_id_leads_to_the_song(song: MakeSong) -> None:
    known = song(1, spotify_id=SPOTIFY_ID)
    assert track_url(known, Provider.SPOTIFY) == f"https://open.spotify.com/track/{SPOTIFY_ID}"
    assert embed_url(known, Provider.SPOTIFY) == f"https://open.spotify.com/embed/track/{SPOTIFY_ID}"


def test_an_unknown_spotify_id_leads_to_the_search(song: MakeSong) -> None:
    unknown = song(1, artist="AC/DC", title="What's Next to the Moon?")
    expected = "https://open.spotify.com/search/AC%2FDC%20What%27s%20Next%20to%20the%20Moon%3F"
    assert track_url(unknown, Provider.SPOTIFY) == expected
    assert embed_url(unknown, Provider.SPOTIFY) is None


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (Provider.YOUTUBE, "https://www.youtube.com/results?search_query=Simon+%26+Garfunkel+%C3%9Cber"),
        (Provider.SOUNDCLOUD, "https://soundcloud.com/search?q=Simon+%26+Garfunkel+%C3%9Cber"),
    ],
)
def test_other_providers_are_searched_and_embed_nothing(song: MakeSong, provider: Provider, expected: str) -> None:
    track = song(1, artist="Simon & Garfunkel", title="Über", spotify_id=SPOTIFY_ID)
    assert track_url(track, provider) == expected
    assert embed_url(track, provider) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(artist=NAMES, title=NAMES)
def test_any_name_arrives_at_the_provider_unchanged(song: MakeSong, artist: str, title: str) -> None:
    track = song(1, artist=artist, title=title)
    path = urlsplit(track_url(track, Provider.SPOTIFY)).path
    query = urlsplit(track_url(track, Provider.YOUTUBE)).query
    assert unquote(path.removeprefix("/search/")) == f"{artist} {title}"
    assert parse_qs(query, strict_parsing=True) == {"search_query": [f"{artist} {title}"]}
