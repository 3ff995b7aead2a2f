"""httpx sends requests to the fakes of YouTube, SoundCloud and ListenBrainz."""

import httpx
from fakes.listenbrainz import TOKEN, ListenBrainzFake
from fakes.songs import Song
from fakes.soundcloud import CLIENT_ID, CLIENT_SECRET, SoundCloudFake
from fakes.youtube import API_KEY, YouTubeFake
from support.server import serve

Query = dict[str, str | int]
SONGS = [
    Song("Ann & Bob", "Don't Go", tags=("happy", "pop")),
    Song("The Lanterns", "Night", tags=("sad",)),
    Song("The Lanterns", "Day", tags=("happy",)),
]


def test_youtube_finds_videos_until_the_days_quota_is_used(http: httpx.Client) -> None:
    fake = YouTubeFake(SONGS, quota=2)
    with serve(fake.app) as base_url:
        query = {"part": "snippet", "type": "video", "q": "ann bob don't go", "key": API_KEY}
        answers = [http.get(f"{base_url}/youtube/v3/search", params=query) for _ in range(3)]
    [video] = answers[0].json()["items"]
    assert video["id"] == {"kind": "youtube#video", "videoId": SONGS[0].youtube_id}
    assert video["snippet"]["title"] == "Ann &amp; Bob - Don&#39;t Go (Official Video)"
    assert [answer.status_code for answer in answers] == [200, 200, 403] and fake.calls["search"] == 3
    assert answers[2].json()["error"]["errors"][0]["reason"] == "quotaExceeded"


def test_youtube_refuses_an_unknown_key(http: httpx.Client) -> None:
    with serve(YouTubeFake(SONGS).app) as base_url:
        answer = http.get(f"{base_url}/youtube/v3/search", params={"part": "snippet", "q": "x", "key": "wrong"})
    assert answer.status_code == 400 and answer.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID"


def test_soundcloud_gives_tokens_and_tracks(http: httpx.Client) -> None:
    fake = SoundCloudFake(SONGS)
    with serve(fake.app) as base_url:
        client = httpx.BasicAuth(CLIENT_ID, CLIENT_SECRET)
        token = http.post(f"{base_url}/oauth/token", data={"grant_type": "client_credentials"}, auth=client).json()
        headers = {"Authorization": f"OAuth {token['access_token']}"}
        [night] = http.get(f"{base_url}/tracks", params={"q": "lanterns night"}, headers=headers).json()
        query: Query = {"q": "lanterns", "limit": 1, "linked_partitioning": "true"}
        page = http.get(f"{base_url}/tracks", params=query, headers=headers).json()
        following = http.get(page["next_href"], headers=headers).json()
        fake.expire_tokens()
        expired = http.get(f"{base_url}/tracks", params=query, headers=headers)
    assert night["permalink_url"] == "https://soundcloud.com/the-lanterns/night" and night["access"] == "playable"
    assert [track["title"] for track in page["collection"] + following["collection"]] == ["Night", "Day"]
    assert following["next_href"] is None
    assert expired.status_code == 401 and expired.json()["status"] == "401 - Unauthorized"


def test_soundcloud_refuses_others_and_the_51st_token_but_refreshes_once(http: httpx.Client) -> None:
    fake = SoundCloudFake()
    with serve(fake.app) as base_url:

        def asked(**form: str) -> httpx.Response:
            known = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "grant_type": "client_credentials"}
            return http.post(f"{base_url}/oauth/token", data=known | form)

        wrong = asked(client_secret="wrong")
        grants = [asked() for _ in range(51)]
        form = {"grant_type": "refresh_token", "refresh_token": grants[0].json()["refresh_token"]}
        refreshed = [asked(**form).status_code for _ in range(2)]
    assert wrong.status_code == 401 and wrong.json()["message"] == "invalid_client"
    assert [grant.status_code for grant in grants] == [200] * 50 + [429]
    assert grants[50].json()["errors"][0]["meta"]["remaining_requests"] == 0
    assert refreshed == [200, 401] and fake.calls["token"] == 54


def test_listenbrainz_finds_recordings_by_tag_and_knows_them(http: httpx.Client) -> None:
    with serve(ListenBrainzFake(SONGS, token=TOKEN).app) as base_url:
        query: Query = {"tag": "happy", "pop_begin": 0, "pop_end": 100, "count": 10}
        refused = http.get(f"{base_url}/1/lb-radio/tags", params=query)
        radio = http.get(f"{base_url}/1/lb-radio/tags", params=query, headers={"Authorization": f"Token {TOKEN}"})
        mbids = [entry["recording_mbid"] for entry in radio.json()]
        url = f"{base_url}/1/metadata/recording/"
        got = http.get(url, params={"recording_mbids": ",".join(mbids), "inc": "artist tag"})
        posted = http.post(url, json={"recording_mbids": mbids, "inc": "artist tag"})
    assert refused.status_code == 401 and mbids == [SONGS[0].recording_mbid, SONGS[2].recording_mbid]
    assert got.json() == posted.json() and list(got.json()) == mbids
    facts = got.json()[mbids[0]]
    assert (facts["artist"]["name"], facts["recording"]["name"]) == ("Ann & Bob", "Don't Go")
    assert [tag["tag"] for tag in facts["tag"]["recording"]] == ["happy", "pop"]


def test_listenbrainz_limits_calls_and_tells_how_many_are_left(http: httpx.Client) -> None:
    with serve(ListenBrainzFake(SONGS, rate_limit=2).app) as base_url:
        query: Query = {"tag": "sad", "pop_begin": 0, "pop_end": 100, "count": 1}
        answers = [http.get(f"{base_url}/1/lb-radio/tags", params=query) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2].headers["X-RateLimit-Reset-In"]) <= 10 and answers[2].json()["code"] == 429
