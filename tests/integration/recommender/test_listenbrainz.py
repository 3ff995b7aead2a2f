"""New songs from a fake ListenBrainz on a real server."""

from collections.abc import Iterator

import pytest
from fakes import listenbrainz as fake_module
from fakes.listenbrainz import TOKEN, ListenBrainzFake
from fakes.songs import Song
from pydantic import SecretStr
from support.server import free_port, serve

from musicalface_common.vocabulary import Mood
from recommender.domain.track import song_id
from recommender.refresh.listenbrainz import MOOD_TAGS, ListenBrainz
from recommender.refresh.new_songs import NewSongs

SAD = Song("Johnny Cash", "Hurt", year=2002, tags=("sad", "country"))
HAPPY = Song("Pharrell", "Happy", tags=("happy", "cheerful"))
AMBIGUOUS = Song("Nobody", "Knows", tags=("sad", "happy"))
UNTAGGED = Song("Somebody", "Else", tags=("country",))


@pytest.fixture
def fake() -> ListenBrainzFake:
    return ListenBrainzFake([SAD, HAPPY, AMBIGUOUS, UNTAGGED], token=TOKEN)


@pytest.fixture
def url(fake: ListenBrainzFake) -> Iterator[str]:
    with serve(fake.app) as base_url:
        yield f"{base_url}/1/"


def gather(url: str, token: str = TOKEN) -> NewSongs:
    return ListenBrainz(url, SecretStr(token), pause=0).find_songs()


def names(gathered: NewSongs) -> set[str]:
    return {song.artist for song, _ in gathered.songs.values()}


def test_songs_get_the_one_mood_with_which_they_are_tagged(fake: ListenBrainzFake, url: str) -> None:
    gathered = gather(url)
    assert (names(gathered), gathered.problems) == ({"Johnny Cash", "Pharrell"}, [])
    song, source = gathered.songs[song_id("Johnny Cash", "Hurt")]
    assert (song.title, song.year, song.tag_mood, song.scores, source) == ("Hurt", 2002, Mood.SAD, None, "listenbrainz")
    assert fake.calls == {"lb-radio": len(MOOD_TAGS), "metadata": 1}


def test_a_song_whose_recordings_have_different_moods_is_left_out(fake: ListenBrainzFake, url: str) -> None:
    fake.songs = [HAPPY, *(Song("Nobody", "Knows", album=album, tags=(album,)) for album in ("calm", "angry", "sad"))]
    assert names(gather(url)) == {"Pharrell"}


def test_tags_of_artists_and_albums_do_not_count(fake: ListenBrainzFake, url: str) -> None:
    sources = ("artist", "release-group")
    hits = [
        {"recording_mbid": SAD.recording_mbid, "source": source, "percent": 9, "tag_count": 1} for source in sources
    ]
    fake.fail_with(status=200, body=hits, routes=frozenset({"lb-radio"}))
    assert gather(url) == NewSongs({}, [])
    assert fake.calls["metadata"] == 0


def test_recordings_are_requested_in_batches_of_a_hundred(fake: ListenBrainzFake, url: str) -> None:
    fake.songs = [Song(f"Artist {number}", "Song", tags=("calm",)) for number in range(250)]
    assert len(gather(url).songs) == 250
    assert fake.calls["metadata"] == 3


def test_the_genre_is_the_most_frequent_one_of_the_song_else_of_the_album(fake: ListenBrainzFake, url: str) -> None:
    def described(song: Song, **tags: list[dict[str, object]]) -> dict[str, object]:
        return {"recording": {"name": song.title}, "artist": {"name": song.artist}, "release": None, "tag": tags}

    genres = [{"tag": tag, "count": count, "genre_mbid": tag} for tag, count in (("country", 2), ("rock", 7))]
    no_genre = [{"tag": "sad", "count": 9}]
    body = {
        SAD.recording_mbid: described(SAD, recording=[*no_genre, *genres]),
        HAPPY.recording_mbid: described(HAPPY, recording=no_genre, release_group=genres[:1]),
    }
    fake.fail_with(status=200, body=body, routes=frozenset({"metadata"}))
    songs = [song for song, _ in gather(url).songs.values()]
    assert {song.artist: (song.genre, song.year) for song in songs} == {
        "Johnny Cash": ("rock", None),
        "Pharrell": ("country", None),
    }


def test_recordings_with_invalid_names_are_left_out(fake: ListenBrainzFake, url: str) -> None:
    fake.songs = [HAPPY, Song("x" * 201, "Long", tags=("sad",)), Song("Nameless", " ", tags=("sad",))]
    assert names(gather(url)) == {"Pharrell"}


def test_an_unknown_token_is_reported_and_not_shown(url: str) -> None:
    gathered = gather(url, "a-wrong-token")
    assert gathered == NewSongs({}, ["ListenBrainz failed: it does not accept RECOMMENDER_LISTENBRAINZ_TOKEN"])


@pytest.mark.parametrize("token", ["a-token\n", "a-tok\N{LATIN SMALL LETTER E WITH DIAERESIS}n"])
def test_a_token_that_fits_no_header_is_reported_and_not_shown(url: str, token: str) -> None:
    (problem,) = gather(url, token).problems
    assert problem.startswith("ListenBrainz failed: ")
    assert "a-tok" not in problem


def test_after_a_429_no_call_is_made(fake: ListenBrainzFake, url: str) -> None:
    fake.fail_with(status=429)
    assert gather(url).problems == ["ListenBrainz failed: its rate limit is reached"]
    assert fake.calls.total() == 1


def test_when_the_calls_are_used_up_the_client_waits(
    fake: ListenBrainzFake, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_module, "WINDOW_SECONDS", 2)
    fake.rate_limit = 4  # one call fewer than a search takes
    assert gather(url).problems == []
    assert fake.calls.total() == len(MOOD_TAGS) + 1


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"reset": True}, {"broken_json": True}, {"status": 200, "body": {"no": "list"}}]
)
def test_a_fault_is_reported(fake: ListenBrainzFake, url: str, fault: dict[str, object]) -> None:
    fake.fail_with(**fault)
    gathered = gather(url)
    assert gathered.songs == {}
    assert gathered.problems[0].startswith("ListenBrainz failed: ")


@pytest.mark.parametrize("url", [f"http://127.0.0.1:{free_port()}/1/", "nonsense", "http://["])
def test_an_unreachable_server_is_reported(url: str) -> None:
    (problem,) = ListenBrainz(url, SecretStr(TOKEN), pause=0).find_songs().problems
    assert problem.startswith("ListenBrainz failed: ")
    assert TOKEN not in problem
