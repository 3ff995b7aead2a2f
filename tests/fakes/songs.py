"""Made-up songs of the fakes, with an id for each music service."""

import base64
import hashlib
import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Song:
    """One song. Its ids are derived from artist, title and album, unless `given_spotify_id` is set."""

    artist: str
    title: str
    album: str = "An Album"
    year: int = 2001
    duration_ms: int = 215_000
    explicit: bool = False
    isrc: str | None = None
    guests: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    given_spotify_id: str | None = None

    @property
    def artists(self) -> tuple[str, ...]:
        """The artist, then the guests."""
        return (self.artist, *self.guests)

    @property
    def spotify_id(self) -> str:
        """22 characters in base 62."""
        return self.given_spotify_id or "".join(BASE62[byte % 62] for byte in self.digest[:22])

    @property
    def youtube_id(self) -> str:
        """11 characters in URL-safe base 64."""
        return base64.urlsafe_b64encode(self.digest)[:11].decode()

    @property
    def soundcloud_id(self) -> int:
        """An integer of 32 bits."""
        return int.from_bytes(self.digest[:4], "big")

    @property
    def recording_mbid(self) -> str:
        """The recording's id at MusicBrainz, a UUID."""
        return str(uuid.UUID(bytes=self.digest[:16], version=4))

    @property
    def digest(self) -> bytes:
        """SHA-256 of artist, title and album: 32 bytes."""
        return hashlib.sha256(f"{self.artist}\n{self.title}\n{self.album}".encode()).digest()


class SongIndex:
    """Songs by their ids and by the words of their artists, titles and albums."""

    def __init__(self, songs: Iterable[Song]) -> None:
        self.songs = list(songs)

    def having(self, text: str) -> list[Song]:
        """Return the songs whose artists, title and album contain all words of the text, in their given order."""
        found = sorted((self._by_word.get(word, set()) for word in words(text)), key=len)
        places = set.intersection(*found) if found else set(range(len(self.songs)))
        return [self.songs[place] for place in sorted(places)]

    @cached_property
    def by_spotify_id(self) -> dict[str, Song]:
        """Songs by Spotify id."""
        return {song.spotify_id: song for song in self.songs}

    @cached_property
    def by_recording_mbid(self) -> dict[str, Song]:
        """Songs by MusicBrainz id."""
        return {song.recording_mbid: song for song in self.songs}

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        places = defaultdict(set)
        for place, song in enumerate(self.songs):
            for word in words(" ".join((*song.artists, song.title, song.album))):
                places[word].add(place)
        return dict(places)


def words(text: str) -> frozenset[str]:
    """Return the words of a text without case, accents and apostrophes."""
    plain = (
        c for c in unicodedata.normalize("NFKD", text.casefold()) if c not in "'’" and not unicodedata.combining(c)
    )
    return frozenset(re.findall(r"\w+", "".join(plain)))
