"""The recommender's settings, read from `RECOMMENDER_` environment variables."""

import re
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from musicalface_common.settings import RedisUrl, ServiceSettings


def _default_database_url() -> str:
    return f"sqlite:///{platformdirs.user_cache_path('musicalface') / 'catalogue.db'}"


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError("must be the two letters of a country, such as DE")
    return text


class ProviderSettings(ServiceSettings):
    """Credentials and URLs of the providers. A provider without credentials gets links to its search page."""

    spotify_client_id: str | None = Field(default=None, description="Spotify application's id")
    spotify_client_secret: SecretStr | None = Field(
        default=None, validate_default=True, description="Spotify application's secret"
    )
    spotify_api_url: str = Field(default="https://api.spotify.com/v1/", description="Spotify's Web API")
    spotify_accounts_url: str = Field(
        default="https://accounts.spotify.com/api/token", description="Spotify's token endpoint"
    )
    spotify_market: Annotated[str, AfterValidator(_country)] | None = Field(
        default=None, description="Country (ISO 3166-1) in which Spotify must play the songs"
    )
    youtube_api_key: SecretStr | None = Field(default=None, description="Key of YouTube's Data API")
    youtube_api_url: str = Field(default="https://www.googleapis.com/youtube/v3/", description="YouTube's Data API")
    soundcloud_client_id: str | None = Field(default=None, description="SoundCloud application's id")
    soundcloud_client_secret: SecretStr | None = Field(
        default=None, validate_default=True, description="SoundCloud application's secret"
    )
    soundcloud_api_url: str = Field(default="https://api.soundcloud.com/", description="SoundCloud's API")
    soundcloud_token_url: str = Field(
        default="https://secure.soundcloud.com/oauth/token", description="SoundCloud's token endpoint"
    )
    resolve_seconds: float = Field(
        default=0.8,
        ge=0,
        description="Longest wait for a provider in seconds; a later result is cached for the next response",
    )

    @field_validator("spotify_client_secret", "soundcloud_client_secret")
    @classmethod
    def _require_both(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        client_id = str(info.field_name).replace("secret", "id")
        # An invalid id already has an error of its own.
        if client_id in info.data and bool(info.data[client_id]) != bool(secret):
            raise ValueError(f"set both {client_id} and {info.field_name}, or neither")
        return secret


class Settings(ProviderSettings):
    """Settings of the recommender. Its repr leaves out URLs with passwords, its errors leave out all values."""

    model_config = SettingsConfigDict(env_prefix="RECOMMENDER_", env_ignore_empty=True)

    database_url: str = Field(
        default_factory=_default_database_url,
        repr=False,
        description="SQLAlchemy URL of the catalogue; by default a SQLite file in the user's cache folder",
    )
    redis_url: RedisUrl | None = Field(
        default=None, repr=False, description="Redis for all caches; without it, only process memory caches"
    )
    catalogue_file: Path = Field(
        default=Path(__file__).parent / "data" / "catalogue.csv.gz",
        description="Facts file; it is loaded into the database unless the database already holds its songs",
    )
    sources_folder: Path | None = Field(default=None, description="Folder of CSV files that a refresh reads songs from")
    listenbrainz_url: str | None = Field(
        default="https://api.listenbrainz.org/1/",
        description="ListenBrainz's API, which a refresh asks for songs by tag",
    )
    listenbrainz_token: SecretStr | None = Field(
        default=None, description="User token of ListenBrainz; without it, a refresh does not ask ListenBrainz"
    )
    refresh_quota: int = Field(default=200, ge=0, description="Calls to providers that one refresh may make")
