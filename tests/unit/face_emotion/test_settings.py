"""Settings: defaults, environment variables, refused values."""

import pytest
from pydantic import ValidationError

from face_emotion.settings import Settings


def test_the_defaults() -> None:
    settings = Settings()
    assert (settings.detector, settings.model, settings.max_pixels) == ("yunet", "default", 25_000_000)
    assert settings.workers >= 1


def test_the_environment_is_read_by_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACE_EMOTION_DETECTOR", "haar")
    monkeypatch.setenv("FACE_EMOTION_WORKERS", "3")
    settings = Settings()
    assert (settings.detector, settings.workers) == ("haar", 3)


@pytest.mark.parametrize(("name", "value"), [("DETECTOR", "retina"), ("WORKERS", "0"), ("MAX_PIXELS", "-1")])
def test_invalid_values_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"FACE_EMOTION_{name}", value)
    with pytest.raises(ValidationError):
        Settings()
