"""SoundCloudClient with a fake SoundCloud on a real server."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from traceback import format_exception
from typing import Any

import pytest
from fakes.fault import Fault
from fakes.songs import Song
from fakes.soundcloud import CLIENT_ID, CLIENT_SECRET, SoundCloudFake
from pydantic import SecretStr
from support.server import serve
from support.tracks import track_named

from recommender.cache.redis_level import RedisLevel
from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import Playback
from recommender.providers.protocol import ProviderFailed, ProviderLimited
from recommender.providers.soundcloud.client import SoundCloudClient

NIGHT = Song("The Lanterns", "Night")
LIVE = Song("The Lanterns", "Night (Live)")
TRACK = track_named("The Lanterns", "Night")
PAGE = "https://soundcloud.com/the-lanterns/night"


@pytest.fixture
def fake() -> SoundCloudFake:
    return SoundCloudFake([LIVE, NIGHT])


@pytest.fixture
def url(fake: SoundCloudFake) -> Iterator[str]:
    with serve(fake.app) as url:
        yield url


@pytest.fixture
def soundcloud(url: str) -> Iterator[SoundCloudClient]:
    soundcloud = opened(url, TwoLevelCache(None))
    yield soundcloud
    soundcloud.close()


def opened(url: str, cache: TwoLevelCache, secret: str = CLIENT_SECRET) -> SoundCloudClient:
    return SoundCloudClient(f"{url}/", f"{url}/oauth/token", CLIENT_ID, SecretStr(secret), cache)


def limit(soundcloud: SoundCloudClient) -> tuple[str, float]:
    with pytest.raises(ProviderLimited) as limited:
        soundcloud.find(TRACK)
    return limited.value.reason, limited.value.seconds


def upload(**facts: Any) -> dict[str, Any]:
    """A page of one upload."""
    usual = {"urn": "soundcloud:tracks:7", "title": "Night", "user": {"username": "Someone"}, "permalink_url": PAGE}
    return {"status": 200, "body": {"collection": [usual | facts]}, "routes": {"tracks"}}


def test_the_artist_s_own_upload_is_found_among_others(soundcloud: SoundCloudClient) -> None:
    assert soundcloud.find(TRACK) == Playback(
        provider_id=f"soundcloud:tracks:{NIGHT.soundcloud_id}",
        url=PAGE,
        embed_url="https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fthe-lanterns%2Fnight",
        artwork_url=f"https://i1.sndcdn.com/artworks-{NIGHT.digest.hex()[:12]}-large.jpg",
        explicit=None,
        duration_ms=NIGHT.duration_ms,
    )


def test_only_playable_songs_are_searched(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    soundcloud.find(TRACK)
    (query,) = fake.queries
    assert (query["q"], query["access"]) == ("The Lanterns Night", "playable")


@pytest.mark.parametrize("songs", [[], [LIVE], [Song("Karaoke of The Lanterns", "Night")]])
def test_without_the_song_the_result_is_none(
    soundcloud: SoundCloudClient, fake: SoundCloudFake, songs: list[Song]
) -> None:
    fake.songs = songs
    assert soundcloud.find(TRACK) is None


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, False),
        ({"title": "The Lanterns - Night"}, False),
        ({"user": {"username": "The Lanterns Official"}, "title": "The Lanterns - Night"}, True),
        ({"metadata_artist": "The Lanterns"}, True),
        ({"publisher_metadata": {"artist": "The Lanterns"}}, True),
        ({"publisher_metadata": {"artist": None}, "metadata_artist": ""}, False),
    ],
)
def test_a_stranger_s_upload_is_not_the_song(
    soundcloud: SoundCloudClient, fake: SoundCloudFake, facts: dict[str, Any], found: bool
) -> None:
    fake.fail_with(**upload(**facts))
    assert (soundcloud.find(TRACK) is not None) is found


def test_a_song_that_may_not_be_embedded_has_no_player(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    fake.fail_with(**upload(user={"username": "The Lanterns"}, embeddable_by="me"))
    playback = soundcloud.find(TRACK)
    assert playback is not None
    assert (playback.url, playback.embed_url, playback.artwork_url) == (PAGE, None, None)


def test_many_threads_request_one_token(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: soundcloud.find(TRACK), range(24)))
    assert all(found)
    assert fake.calls == {"token": 1, "tracks": 24}


def test_processes_share_a_token_through_redis(url: str, fake: SoundCloudFake, redis_url: str) -> None:
    for _ in range(3):
        redis = RedisLevel(redis_url)
        soundcloud = opened(url, TwoLevelCache(redis))
        assert soundcloud.find(TRACK)
        soundcloud.close()
        redis.close()
    assert fake.calls == {"token": 1, "tracks": 3}


def test_a_refused_token_is_renewed_once(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    assert soundcloud.find(TRACK)
    fake.expire_tokens()
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: soundcloud.find(TRACK), range(8)))
    assert fake.calls["token"] == 2


def test_a_token_is_renewed_before_it_expires() -> None:
    fake = SoundCloudFake([NIGHT], token_seconds=61)  # renewed a minute early: after one second
    with serve(fake.app) as url:
        soundcloud = opened(url, TwoLevelCache(None))
        assert soundcloud.find(TRACK) and soundcloud.find(TRACK)
        assert fake.calls["token"] == 1
        wait_until_forgotten(soundcloud, fake)
        soundcloud.close()


def wait_until_forgotten(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    end = datetime.now(UTC) + timedelta(seconds=5)
    while fake.calls["token"] == 1:
        assert datetime.now(UTC) < end
        assert soundcloud.find(TRACK)


def test_after_two_refused_tokens_calls_stop(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    fake.fail_with(status=401)
    assert limit(soundcloud) == ("credentials", 3600)
    assert fake.calls == {"token": 2, "tracks": 2}


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refused_credentials_are_not_tried_again(
    soundcloud: SoundCloudClient, fake: SoundCloudFake, status: int
) -> None:
    fake.token_fault = Fault(status=status)
    assert limit(soundcloud) == ("credentials", 3600)
    assert fake.calls == {"token": 1, "tracks": 0}


def test_a_403_is_a_limit_because_of_credentials(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    fake.fail_with(status=403)
    assert limit(soundcloud) == ("credentials", 3600)


def test_a_wrong_secret_is_not_shown(url: str) -> None:
    soundcloud = opened(url, TwoLevelCache(None), secret="a-secret-that-is-wrong")
    with pytest.raises(ProviderLimited) as limited:
        soundcloud.find(TRACK)
    soundcloud.close()
    assert "a-secret" not in "".join(format_exception(limited.value))


# Called when the test runs, because its times count from then.
Body = Callable[[], Any]


def resets(seconds: float) -> dict[str, Any]:
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return {"errors": [{"meta": {"reset_time": f"{at:%Y/%m/%d %H:%M:%S} +0000"}}]}


@pytest.mark.parametrize("which", ["fault", "token_fault"])
@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"Retry-After": "7"}, lambda: resets(900), 7),
        ({}, lambda: resets(900), 900),
        ({}, lambda: {"errors": resets(60)["errors"] + resets(900)["errors"]}, 900),
        ({}, lambda: resets(-900), 1),
        ({}, lambda: resets(9_000_000), 86_400),
        ({}, lambda: {"errors": [{"meta": {"reset_time": "soon"}}]}, 3600),
        ({}, lambda: {"errors": []}, 3600),
        ({}, lambda: "slow down", 3600),
    ],
)
def test_a_limit_lasts_as_long_as_it_says(
    soundcloud: SoundCloudClient,
    fake: SoundCloudFake,
    which: str,
    headers: dict[str, str],
    body: Body,
    seconds: float,
) -> None:
    setattr(fake, which, Fault(status=429, headers=headers, body=body()))
    reason, said = limit(soundcloud)
    assert reason == "rate-limit"
    assert said == pytest.approx(seconds, abs=10 if seconds == 900 else 1)


@pytest.mark.parametrize("which", ["fault", "token_fault"])
@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500),
        Fault(status=404),
        Fault(reset=True),
        Fault(broken_json=True),
        Fault(status=200, body={"collection": [{}]}),
        Fault(status=200, body=[]),
    ],
)
def test_a_temporary_fault_fails_only_this_call(
    soundcloud: SoundCloudClient, fake: SoundCloudFake, which: str, fault: Fault
) -> None:
    setattr(fake, which, fault)
    with pytest.raises(ProviderFailed):
        soundcloud.find(TRACK)
    fake.recover()
    assert soundcloud.find(TRACK)


def test_a_link_without_https_is_a_failure(soundcloud: SoundCloudClient, fake: SoundCloudFake) -> None:
    fake.fail_with(**upload(user={"username": "The Lanterns"}, permalink_url="javascript:alert(1)"))
    with pytest.raises(ProviderFailed):
        soundcloud.find(TRACK)


def test_a_silent_soundcloud_fails_in_time(url: str, fake: SoundCloudFake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.providers.soundcloud.client.TIMEOUT", 0.2)
    fake.delay = 5
    soundcloud = opened(url, TwoLevelCache(None))
    with pytest.raises(ProviderFailed):
        soundcloud.find(TRACK)
    soundcloud.close()
