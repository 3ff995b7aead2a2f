"""Settings from the environment: wrong ones and misspelt ones are named by their variables."""

import pytest

from gateway.settings import Settings as GatewaySettings
from musicalface_common.environment import WrongSettingsError, read_settings, unknown_variables
from musicalface_common.settings import ServiceSettings
from recommender.settings import Settings as RecommenderSettings

SECRET = "a-secret-that-nobody-may-see"


def test_each_wrong_setting_is_named_in_one_line_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_DEADLINE_S", "0")
    monkeypatch.setenv("GATEWAY_RATE_LIMIT", SECRET)
    monkeypatch.setenv("GATEWAY_TRUSTED_PROXIES", f"{SECRET},{SECRET}")
    monkeypatch.setenv("GATEWAY_REDIS_URL", f"http://:{SECRET}@redis")
    with pytest.raises(WrongSettingsError) as refused:
        read_settings(GatewaySettings)
    assert str(refused.value) == (
        "GATEWAY_DEADLINE_S: must be above 0; "
        "GATEWAY_RATE_LIMIT: must be a number per time, such as 60/minute, or 0 for no limit; "
        "GATEWAY_TRUSTED_PROXIES: must be an IP address or network; "
        "GATEWAY_REDIS_URL: must be the URL of a Redis, such as redis://localhost:6379/0"
    )
    assert refused.value.__cause__ is None


def test_known_settings_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_LOG_LEVEL", "wrong")
    assert read_settings(GatewaySettings, log_level="ERROR").log_level == "ERROR"


def test_a_misspelt_variable_is_named_with_the_nearest_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_SPOTIFY_CLIENTID", SECRET)
    monkeypatch.setenv("recommender_zzz", SECRET)
    monkeypatch.setenv("RECOMMENDER_SPOTIFY_MARKET", "DE")
    monkeypatch.setenv("GATEWAY_RATE_LIMITS", "1/minute")
    monkeypatch.setenv("OTHER_RECOMMENDER_X", "1")
    assert list(unknown_variables(RecommenderSettings)) == [
        "RECOMMENDER_SPOTIFY_CLIENTID is not a setting (did you mean RECOMMENDER_SPOTIFY_CLIENT_ID?)",
        "RECOMMENDER_ZZZ is not a setting",
    ]
    assert list(unknown_variables(ServiceSettings)) == []


@pytest.mark.parametrize(
    "name",
    [
        *("SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT", "PORT_8000_TCP"),
        *("PORT_8000_TCP_PROTO", "PORT_8000_TCP_PORT", "PORT_8000_TCP_ADDR"),
    ],
)
def test_the_addresses_that_kubernetes_sets_are_not_settings_of_ours(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"GATEWAY_{name}", "tcp://10.0.0.1:8000")
    assert list(unknown_variables(GatewaySettings)) == []


@pytest.mark.parametrize("token", ["short", "fifteen-letters"])
def test_a_token_for_metrics_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("GATEWAY_METRICS_TOKEN", token)
    with pytest.raises(WrongSettingsError, match="GATEWAY_METRICS_TOKEN: must have 16 or more characters"):
        read_settings(GatewaySettings)


def test_an_empty_token_for_metrics_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_METRICS_TOKEN", "")
    assert read_settings(GatewaySettings).metrics_token is None


@pytest.mark.parametrize(
    "origins",
    ["app.example.org", "https://app.example.org/", "https://app.example.org/path", "null", "ftp://x", "https://"],
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, origins: str) -> None:
    monkeypatch.setenv("GATEWAY_CORS_ORIGINS", f"https://good.example,{origins}")
    with pytest.raises(WrongSettingsError, match="GATEWAY_CORS_ORIGINS: must be origins without a path"):
        read_settings(GatewaySettings)


def test_origins_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_CORS_ORIGINS", "https://app.example.org, http://localhost:3000, http://[::1]:8080")
    assert read_settings(GatewaySettings).cors_origins == (
        "https://app.example.org", "http://localhost:3000", "http://[::1]:8080",
    )  # fmt: skip
