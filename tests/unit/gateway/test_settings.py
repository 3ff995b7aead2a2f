import pytest
from pydantic import ValidationError

from gateway.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_RECOMMENDER_URL", "http://recommender:8000")
    monkeypatch.setenv("GATEWAY_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7")
    settings = Settings()
    assert str(settings.recommender_url) == "http://recommender:8000/"
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "192.0.2.7/32"]


@pytest.mark.parametrize("off", ["", "0"])
def test_the_rate_limit_can_be_switched_off(off: str) -> None:
    assert Settings(rate_limit=off).rate_limit == off


@pytest.mark.parametrize(
    "values",
    [{"rate_limit": "many"}, {"trusted_proxies": "proxy.example"}, {"face_emotion_url": "face"}, {"deadline_s": 0}],
)
def test_an_invalid_setting_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(values)
