"""Finds new songs at ListenBrainz: recordings that people tagged with words for a mood.

API: https://listenbrainz.readthedocs.io/en/latest/users/api/. Its tag radio returns other recordings at each call.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping

import httpx
from pydantic import BaseModel, RootModel, SecretStr

from musicalface_common import __version__
from musicalface_common.vocabulary import Mood
from recommender.catalogue.added_songs import AddedSong
from recommender.domain.track import Track
from recommender.providers.http import call, parsed
from recommender.providers.protocol import ProviderFailed
from recommender.refresh.new_songs import NewSongs, new_song

SOURCE = "listenbrainz"
# Words that name a mood. Words that two moods share (energetic, dark, emotional) and styles (chill) are left out.
MOOD_TAGS: Mapping[Mood, tuple[str, ...]] = {
    Mood.ANGRY: ("angry", "anger", "aggressive", "rage"),
    Mood.SAD: ("sad", "sadness", "melancholic", "depressing"),
    Mood.HAPPY: ("happy", "cheerful", "joyful", "uplifting"),
    Mood.RELAXED: ("relaxed", "relaxing", "calm", "peaceful"),
}
# Maximum number of recordings of one mood.
RECORDINGS = 500
# Recordings in one call: MAX_ITEMS_PER_GET in its documentation.
BATCH = 100
# ListenBrainz asks for at most one call a second.
PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# The tag radio is slow.
TIMEOUT = httpx.Timeout(30.0, connect=5.0)
REFUSALS: Mapping[int, str] = {
    httpx.codes.UNAUTHORIZED: "it does not accept RECOMMENDER_LISTENBRAINZ_TOKEN",
    httpx.codes.TOO_MANY_REQUESTS: "its rate limit is reached",
}


class _TaggedRecording(BaseModel):
    recording_mbid: str
    source: str


class _TaggedRecordings(RootModel[list[_TaggedRecording]]):
    pass


class _Named(BaseModel):
    name: str = ""


class _Release(BaseModel):
    year: int | None = None


class _Tag(BaseModel):
    tag: str
    count: int
    genre_mbid: str | None = None


class _Tags(BaseModel):
    recording: list[_Tag] = []
    release_group: list[_Tag] = []
    artist: list[_Tag] = []


class _Recording(BaseModel):
    recording: _Named = _Named()
    artist: _Named = _Named()
    release: _Release | None = None
    tag: _Tags = _Tags()


class _Recordings(RootModel[dict[str, _Recording]]):
    pass


class ListenBrainz:
    """Finds songs with ListenBrainz's API, within its rate limit."""

    def __init__(self, url: str, token: SecretStr, pause: float = PAUSE_SECONDS) -> None:
        self._url = url
        self._headers = {
            b"User-Agent": f"MusicalFace/{__version__}".encode(),
            b"Authorization": f"Token {token.get_secret_value()}".encode(),
        }
        self._pause = pause
        self._wait = 0.0

    def find_songs(self) -> NewSongs:
        """Return the songs that were tagged with exactly one mood. After a failure, return those found before it."""
        found, ambiguous = NewSongs({}, []), set[str]()
        try:
            with httpx.Client(base_url=self._url, headers=self._headers, timeout=TIMEOUT) as client:
                for song in self._songs(client, self._moods(client)):
                    known = found.songs.setdefault(song.id, AddedSong(song, SOURCE))
                    if known.song.tag_mood is not song.tag_mood:
                        ambiguous.add(song.id)
        except (ProviderFailed, httpx.InvalidURL) as error:
            found.problems.append(f"ListenBrainz failed: {error}")
        for each in ambiguous:
            del found.songs[each]
        return found

    def _moods(self, client: httpx.Client) -> dict[str, Mood]:
        """Return the moods of recordings tagged with exactly one mood, by MusicBrainz id. Raises ProviderFailed."""
        moods: defaultdict[str, set[Mood]] = defaultdict(set)
        for mood, tags in MOOD_TAGS.items():
            query = {"tag": tags, "operator": "OR", "pop_begin": 0, "pop_end": 100, "count": RECORDINGS}
            tagged = parsed(_TaggedRecordings, self._call(client, "GET", "lb-radio/tags", params=query)).root
            # Tags of an artist or an album say little about one song.
            for recording in tagged:
                if recording.source == "recording":
                    moods[recording.recording_mbid].add(mood)
        return {mbid: only for mbid, (only, *others) in moods.items() if not others}

    def _songs(self, client: httpx.Client, moods: Mapping[str, Mood]) -> Iterator[Track]:
        """Request the facts of recordings, and yield their songs. Raises ProviderFailed."""
        mbids = list(moods)
        for start in range(0, len(mbids), BATCH):
            body = {"recording_mbids": mbids[start : start + BATCH], "inc": "artist tag release"}
            recordings = parsed(_Recordings, self._call(client, "POST", "metadata/recording/", json=body)).root
            for mbid, recording in recordings.items():
                if mbid in moods and (song := _song(recording, moods[mbid])):
                    yield song

    def _call(self, client: httpx.Client, method: str, path: str, **request: object) -> httpx.Response:
        time.sleep(self._wait)
        response = call(client, method, path, **request)
        self._wait = max(self._pause, _seconds_to_wait(response))
        if response.status_code in REFUSALS:
            raise ProviderFailed(REFUSALS[response.status_code])
        return response


def _seconds_to_wait(response: httpx.Response) -> float:
    """Return the seconds until the rate limit allows a call: 0 if it allows one now, 60 at most."""
    left, seconds = (response.headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "reset-in"))
    return min(float(seconds), LONGEST_PAUSE_SECONDS) if left == "0" and seconds.isdecimal() else 0.0


def _song(recording: _Recording, mood: Mood) -> Track | None:
    """Return the song of a recording, or None if its facts are not valid."""
    facts = {"artist": recording.artist.name.strip(), "title": recording.recording.name.strip(), "tag_mood": mood.value}
    year = str(recording.release.year or "") if recording.release else ""
    try:
        return new_song(facts | {"year": year, "genres": _genre(recording.tag)})
    except ValueError:
        return None


def _genre(tags: _Tags) -> str:
    """Return the genre that most people gave the song, else its album, else its artist. Returns "" without a genre."""
    for given in (tags.recording, tags.release_group, tags.artist):
        if genres := [tag for tag in given if tag.genre_mbid]:
            return max(genres, key=lambda tag: tag.count).tag
    return ""
