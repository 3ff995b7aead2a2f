"""Settings of lyrics-mood, read from environment variables."""

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from lyrics_mood.classifier import MODEL_FOLDER
from musicalface_common.model_store import known_model
from musicalface_common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Read from environment variables that begin with LYRICS_MOOD_."""

    model_config = SettingsConfigDict(env_prefix="LYRICS_MOOD_")

    model: str = Field(default="default", description="Name or alias in model.json of the served model")
    workers: int = Field(default=1, gt=0, description="Number of inference threads, each with one request at a time")

    @field_validator("model")
    @classmethod
    def _is_known(cls, name: str) -> str:
        return known_model(MODEL_FOLDER, name)
