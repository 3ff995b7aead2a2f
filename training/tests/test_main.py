"""The command line: help, and errors as one line."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from musicalface_training.main import app, cli


@pytest.mark.parametrize("group", ["face", "lyrics", "catalogue"])
def test_each_group_has_help(group: str) -> None:
    result = CliRunner().invoke(app, [group, "--help"])
    assert result.exit_code == 0
    assert "Usage" in result.output


@pytest.mark.parametrize("command", [["lyrics", "train-reference"], ["catalogue", "build"]])
def test_missing_data_is_reported_in_one_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["musicalface_training", *command, "--data", "nowhere"])
    with pytest.raises(SystemExit) as ended:
        cli()
    assert str(ended.value).startswith("error: no ")
    assert "nowhere" in str(ended.value)
    assert not list(tmp_path.iterdir())
