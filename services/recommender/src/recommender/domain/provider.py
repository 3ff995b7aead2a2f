"""The music services that links can lead to."""

from enum import StrEnum


class Provider(StrEnum):
    """A music service."""

    SPOTIFY = "spotify"
    YOUTUBE = "youtube"
    SOUNDCLOUD = "soundcloud"
