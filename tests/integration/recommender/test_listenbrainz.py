"""New songs from ListenBrainz, by a server that speaks as it does."""

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
TORN = Song("Nobody", "Knows", tags=("sad", "happy"))
UNTAGGED = Song("Somebody", "Else", tags=("country",))


@pytest.fixture
def fake() -> ListenBrainzFake:
    return ListenBrainzFake([SAD, HAPPY, TORN, UNTAGGED], token=TOKEN)


@pytest.fixture
def url(fake: ListenBrainzFake) -> Iterator[str]:
    with serve(fake.app) as base_url:
        yield f"{base_url}/1/"


def gather(url: str, token: str = TOKEN) -> NewSongs:
    return ListenBrainz(url, SecretStr(token), pause=0).find_songs()


def names(gathered: NewSongs) -> set[str]:
    return {song.artist for song, _ in gathered.songs.values()}


def test_songs_come_with_the_one_mood_that_they_are_tagged_with(fake: ListenBrainzFake, url: str) -> None:
    gathered = gather(url)
    assert (names(gathered), gathered.problems) == ({"Johnny Cash", "Pharrell"}, [])
    song, source = gathered.songs[song_id("Johnny Cash", "Hurt")]
    assert (song.title, song.year, song.tag_mood, song.scores, source) == ("Hurt", 2002, Mood.SAD, None, "listenbrainz")
    assert fake.calls == {"lb-radio": len(MOOD_TAGS), "metadata": 1}


def test_recordings_of_one_song_that_disagree_make_none(fake: ListenBrainzFake, url: str) -> None:
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


def test_many_recordings_are_asked_for_by_the_hundred(fake: ListenBrainzFake, url: str) -> None:
    fake.songs = [Song(f"Artist {number}", "Song", tags=("calm",)) for number in range(250)]
    assert len(gather(url).songs) == 250
    assert fake.calls["metadata"] == 3


def test_the_genre_is_what_most_people_say_of_the_song_or_else_the_album(fake: ListenBrainzFake, url: str) -> None:
    def told(song: Song, **tags: list[dict[str, object]]) -> dict[str, object]:
        return {"recording": {"name": song.title}, "artist": {"name": song.artist}, "release": None, "tag": tags}

    genres = [{"tag": tag, "count": count, "genre_mbid": tag} for tag, count in (("country", 2), ("rock", 7))]
    no_genre = [{"tag": "sad", "count": 9}]
    body = {
        SAD.recording_mbid: told(SAD, recording=[*no_genre, *genres]),
        HAPPY.recording_mbid: told(HAPPY, recording=no_genre, release_group=genres[:1]),
    }
    fake.fail_with(status=200, body=body, routes=frozenset({"metadata"}))
    songs = [song for song, _ in gather(url).songs.values()]
    assert {song.artist: (song.genre, song.year) for song in songs} == {
        "Johnny Cash": ("rock", None),
        "Pharrell": ("country", None),
    }


def test_names_that_make_no_song_are_left_out(fake: ListenBrainzFake, url: str) -> None:
    fake.songs = [HAPPY, Song("x" * 201, "Long", tags=("sad",)), Song("Nameless", " ", tags=("sad",))]
    assert names(gather(url)) == {"Pharrell"}


def test_a_token_that_is_not_known_is_said_and_not_shown(url: str) -> None:
    gathered = gather(url, "a-wrong-token")
    assert gathered == NewSongs(
        {}, ["ListenBrainz tells nothing more: it does not know RECOMMENDER_LISTENBRAINZ_TOKEN"]
    )


@pytest.mark.parametrize("token", ["a-token\n", "a-tok\N{LATIN SMALL LETTER E WITH DIAERESIS}n"])
def test_a_token_that_fits_no_header_is_said_and_not_shown(url: str, token: str) -> None:
    (problem,) = gather(url, token).problems
    assert problem.startswith("ListenBrainz tells nothing more: ")
    assert "a-tok" not in problem


def test_a_limit_is_heeded_at_once(fake: ListenBrainzFake, url: str) -> None:
    fake.fail_with(status=429)
    assert gather(url).problems == ["ListenBrainz tells nothing more: it wants no more calls for now"]
    assert fake.calls.total() == 1


def test_calls_that_are_used_up_are_waited_for(
    fake: ListenBrainzFake, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_module, "WINDOW_SECONDS", 2)
    fake.rate_limit = 4  # a call less than it takes
    assert gather(url).problems == []
    assert fake.calls.total() == len(MOOD_TAGS) + 1


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"reset": True}, {"broken_json": True}, {"status": 200, "body": {"no": "list"}}]
)
def test_a_fault_is_said(fake: ListenBrainzFake, url: str, fault: dict[str, object]) -> None:
    fake.fail_with(**fault)
    gathered = gather(url)
    assert gathered.songs == {}
    assert gathered.problems[0].startswith("ListenBrainz tells nothing more: ")


@pytest.mark.parametrize("url", [f"http://127.0.0.1:{free_port()}/1/", "nonsense", "http://["])
def test_a_server_that_is_not_there_is_said(url: str) -> None:
    (problem,) = ListenBrainz(url, SecretStr(TOKEN), pause=0).find_songs().problems
    assert problem.startswith("ListenBrainz tells nothing more: ")
    assert TOKEN not in problem
