from collections.abc import Callable

import pytest

from recommender.domain.track import Track
from recommender.domain.uploads import is_official_video, is_own_upload

MakeSong = Callable[..., Track]


@pytest.fixture
def rhapsody(song: MakeSong) -> Track:
    return song(1, artist="Queen", title="Bohemian Rhapsody")


@pytest.mark.parametrize(
    "uploader", ["Queen", "queen", "Queen - Topic", "QueenVEVO", "Queen Official", "Queen Official Channel"]
)
@pytest.mark.parametrize(
    "title",
    [
        "Bohemian Rhapsody",
        "Queen - Bohemian Rhapsody",
        "Queen – Bohemian Rhapsody (Official Video Remastered)",
        "Bohemian Rhapsody (Remastered 2011)",
        "Queen - Bohemian Rhapsody (Official Lyric Video) [HD]",
        "Queen - Bohemian Rhapsody | Official Video",
    ],
)
def test_an_artist_s_own_upload_is_the_song(rhapsody: Track, uploader: str, title: str) -> None:
    assert is_own_upload(rhapsody, [uploader], title)


@pytest.mark.parametrize("uploader", ["Queen Fan", "Queens", "The Queen Tribute", "Rock Classics", "Queensrÿche", ""])
def test_a_stranger_s_upload_is_not_the_song(rhapsody: Track, uploader: str) -> None:
    assert not is_own_upload(rhapsody, [uploader], "Queen - Bohemian Rhapsody")


@pytest.mark.parametrize(
    "title",
    [
        "Bohemian Rhapsody (Live Aid 1985)",
        "Bohemian Rhapsody - Live",
        "Bohemian Rhapsody (Karaoke)",
        "Queen - Bohemian Rhapsody (Official Live Video)",
        "Queen - Bohemian Rhapsody (Making Of)",
        "Queen - Radio Ga Ga",
        "Queen",
        "",
    ],
)
def test_another_recording_is_not_the_song(rhapsody: Track, title: str) -> None:
    assert not is_own_upload(rhapsody, ["Queen"], title)
    assert not is_official_video(rhapsody, f"{title} (Official Video)")


def test_one_matching_name_of_the_uploader_is_enough(rhapsody: Track) -> None:
    assert is_own_upload(rhapsody, ["hollywoodrecords", "Queen"], "Bohemian Rhapsody")
    assert not is_own_upload(rhapsody, [], "Bohemian Rhapsody")


def test_an_official_video_counts_on_any_channel(rhapsody: Track) -> None:
    assert is_official_video(rhapsody, "Queen - Bohemian Rhapsody (Official Video)")
    assert is_official_video(rhapsody, "Queen - Bohemian Rhapsody [Official Audio] (2011 Remaster)")


@pytest.mark.parametrize(
    "title",
    [
        "Queen - Bohemian Rhapsody",
        "Queen - Bohemian Rhapsody (Unofficial Video)",
        "Bohemian Rhapsody (Official Video)",
        "Panic! At The Disco - Bohemian Rhapsody (Official Video)",
        "Queen - Bohemian Rhapsody (Official Cover)",
    ],
)
def test_a_title_with_another_artist_or_without_official_does_not_count(rhapsody: Track, title: str) -> None:
    assert not is_official_video(rhapsody, title)


def test_brackets_that_belong_to_a_title_remain(song: MakeSong) -> None:
    track = song(1, artist="John Lennon", title="(Just Like) Starting Over")
    assert is_own_upload(track, ["John Lennon"], "(JUST LIKE) STARTING OVER. (Official Music Video)")
    assert not is_own_upload(track, ["John Lennon"], "Starting Over")


def test_guests_do_not_count(song: MakeSong) -> None:
    track = song(1, artist="Mark Ronson", title="Uptown Funk")
    assert is_own_upload(track, ["MarkRonsonVEVO"], "Mark Ronson - Uptown Funk (Official Video) ft. Bruno Mars")
