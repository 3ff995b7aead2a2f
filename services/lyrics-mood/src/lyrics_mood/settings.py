"""The settings of lyrics-mood, read from environment variables."""

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from lyrics_mood.classifier import MODEL_FOLDER
from musicalface_common.model_store import known_model
from musicalface_common.settings import ServiceSettings


class Settings(ServiceSettings):
    """Each setting is read from the environment variable `LYRICS_MOOD_` plus its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="LYRICS_MOOD_")

    model: str = Field(default="default", description="The served model, by its name or alias in model.json")
    workers: int = Field(default=1, gt=0, description="Number of inference threads, each with one request at a time")

    @field_validator("model")
    @classmethod
    def _is_known(cls, name: str) -> str:
        return known_model(MODEL_FOLDER, name)
