"""The settings of face-emotion, read from environment variables."""

from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from face_emotion import MODEL_FOLDER
from face_emotion.image.bounds import MAX_PIXELS
from musicalface_common.model_store import known_model
from musicalface_common.settings import ServiceSettings, available_cores


class Settings(ServiceSettings):
    """Each setting is read from the environment variable `FACE_EMOTION_` plus its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FACE_EMOTION_")

    detector: Literal["yunet", "haar"] = Field(default="yunet", description="The face detector")
    model: str = Field(default="default", description="The served model, by its name or alias in model.json")
    # One more than there are cores: while one thread holds the interpreter's lock, the others run networks.
    workers: int = Field(default_factory=lambda: 1 + available_cores(), gt=0, description="Inference threads")
    max_pixels: int = Field(default=MAX_PIXELS, gt=0, description="Images with more pixels are refused (413)")

    @field_validator("model")
    @classmethod
    def _is_known(cls, name: str) -> str:
        return known_model(MODEL_FOLDER, name)
