from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.domain.links import Link, link_for
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track

MakeSong = Callable[..., Track]
SPOTIFY_ID = "0bRXwKfigvpKZUurwqAlEh"
NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1)


def test_a_known_spotify_id_leads_to_the_song(song: MakeSong) -> None:
    known = song(1, spotify_id=SPOTIFY_ID)
    link = link_for(known, Provider.SPOTIFY, {})
    assert link.url == f"https://open.spotify.com/track/{SPOTIFY_ID}"
    assert link.embed_url == f"https://open.spotify.com/embed/track/{SPOTIFY_ID}"


def test_an_unknown_spotify_id_leads_to_the_search(song: MakeSong) -> None:
    unknown = song(1, artist="AC/DC", title="What's Next to the Moon?")
    expected = "https://open.spotify.com/search/AC%2FDC%20What%27s%20Next%20to%20the%20Moon%3F"
    assert link_for(unknown, Provider.SPOTIFY, {}) == Link(expected)


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (Provider.YOUTUBE, "https://www.youtube.com/results?search_query=Simon+%26+Garfunkel+%C3%9Cber"),
        (Provider.SOUNDCLOUD, "https://soundcloud.com/search?q=Simon+%26+Garfunkel+%C3%9Cber"),
    ],
)
def test_links_to_other_providers_are_searches_without_a_player(
    song: MakeSong, provider: Provider, expected: str
) -> None:
    track = song(1, artist="Simon & Garfunkel", title="Über", spotify_id=SPOTIFY_ID)
    assert link_for(track, provider, {}) == Link(expected)


@pytest.mark.parametrize("provider", Provider)
def test_a_known_playback_comes_first(song: MakeSong, provider: Provider) -> None:
    track = song(1, spotify_id=SPOTIFY_ID)
    playback = Playback("an id", "https://a.page/", "https://a.player/", "https://an.image/", True, 215_000)
    link = link_for(track, provider, {track.id: playback, "another": None})
    assert link == Link("https://a.page/", "https://a.player/", "https://an.image/", 215_000, True)


def test_a_song_that_spotify_does_not_have_leads_to_the_search_in_spite_of_its_id(song: MakeSong) -> None:
    track = song(1, spotify_id=SPOTIFY_ID)
    link = link_for(track, Provider.SPOTIFY, {track.id: None})
    assert link.url.startswith("https://open.spotify.com/search/")
    assert link.embed_url is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(artist=NAMES, title=NAMES)
def test_any_name_arrives_at_the_provider_unchanged(song: MakeSong, artist: str, title: str) -> None:
    track = song(1, artist=artist, title=title)
    path = urlsplit(link_for(track, Provider.SPOTIFY, {}).url).path
    query = urlsplit(link_for(track, Provider.YOUTUBE, {}).url).query
    assert unquote(path.removeprefix("/search/")) == f"{artist} {title}"
    assert parse_qs(query, strict_parsing=True) == {"search_query": [f"{artist} {title}"]}
