"""The interval of `musicalface catalogue refresh --every`."""

import pytest
from typer.testing import CliRunner

from musicalface.main import cli
from musicalface.refresh import seconds


@pytest.mark.parametrize(("text", "expected"), [("7d", 604_800), ("12h", 43_200), ("30m", 1800)])
def test_days_hours_and_minutes_become_seconds(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("every", ["weekly", "0d", "7", "-1h", "7w", "7d ", "٧d", ""])
def test_an_invalid_interval_is_refused(every: str) -> None:
    refused = CliRunner().invoke(cli, ["catalogue", "refresh", f"--every={every}"])
    assert refused.exit_code == 2
    assert "not a time such as 7d" in refused.stderr
