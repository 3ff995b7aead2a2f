"""The services that songs play at."""

from enum import StrEnum


class Provider(StrEnum):
    """Where the links of an answer lead."""

    SPOTIFY = "spotify"
    YOUTUBE = "youtube"
    SOUNDCLOUD = "soundcloud"
