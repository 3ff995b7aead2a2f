import pytest
from pydantic import ValidationError

from recommender.settings import Settings

SECRET = "a-secret-that-nobody-may-see"
NAMES = ["SPOTIFY_CLIENT_SECRET", "YOUTUBE_API_KEY", "SOUNDCLOUD_CLIENT_SECRET", "LISTENBRAINZ_TOKEN"]


def set_variables(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"RECOMMENDER_{name}", value)


@pytest.mark.parametrize("name", ["SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET", "SOUNDCLOUD_CLIENT_ID"])
def test_half_of_the_credentials_is_an_error_that_names_both(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    set_variables(monkeypatch, **{name: SECRET})
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "set both " in str(refused.value)
    assert "_client_id and " in str(refused.value)
    assert "_client_secret, or neither" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_empty_credentials_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, SPOTIFY_CLIENT_ID="", SPOTIFY_CLIENT_SECRET="", YOUTUBE_API_KEY="")
    settings = Settings()
    assert (settings.spotify_client_id, settings.spotify_client_secret, settings.youtube_api_key) == (None, None, None)


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = {"SPOTIFY_CLIENT_ID": "id", "SOUNDCLOUD_CLIENT_ID": "id"}
    set_variables(monkeypatch, **ids, **dict.fromkeys(NAMES, SECRET), REDIS_URL=f"redis://:{SECRET}@127.0.0.1")
    settings = Settings()
    assert settings.spotify_client_secret is not None
    assert settings.spotify_client_secret.get_secret_value() == SECRET
    assert SECRET not in f"{settings!r} {settings}"


def test_a_market_that_is_not_a_country_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    set_variables(monkeypatch, SPOTIFY_MARKET="everywhere")
    with pytest.raises(ValidationError, match="spotify_market"):
        Settings()
