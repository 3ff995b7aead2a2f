"""What the recommender can be told by `RECOMMENDER_` environment variables."""

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from musicalface_common.settings import ServiceSettings


def _default_database_url() -> str:
    return f"sqlite:///{platformdirs.user_cache_path('musicalface') / 'catalogue.db'}"


class Settings(ServiceSettings):
    """Settings of the recommender. URLs may hold passwords and stay out of its repr."""

    model_config = SettingsConfigDict(env_prefix="RECOMMENDER_")

    database_url: str = Field(
        default_factory=_default_database_url,
        repr=False,
        description="SQLAlchemy URL of the catalogue; by default a SQLite file in the user's cache folder",
    )
    redis_url: str | None = Field(
        default=None, repr=False, description="Redis for candidate lists; without it process memory alone serves"
    )
    catalogue_file: Path = Field(
        default=Path(__file__).parent / "data" / "catalogue.csv.gz",
        description="Track facts that are loaded into the database when they differ from what is there",
    )
