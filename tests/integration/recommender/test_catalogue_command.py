"""`musicalface catalogue load`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from musicalface.main import cli


def load(*options: object) -> Result:
    return CliRunner().invoke(cli, ["catalogue", "load", *map(str, options)])


def test_a_load_prints_its_result(database_url: str, facts_file: Path) -> None:
    first = load("--file", facts_file, "--database-url", database_url)
    assert (first.exit_code, first.stderr) == (0, "")
    assert (told := re.fullmatch(r"loaded 1000 tracks, version ([0-9a-f]{12})\n", first.stdout))
    again = load("--file", facts_file, "--database-url", database_url)
    assert (again.exit_code, again.stdout) == (0, f"already at version {told[1]}\n")


def test_settings_come_from_the_environment(
    database_url: str, facts_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_DATABASE_URL", database_url)
    monkeypatch.setenv("RECOMMENDER_CATALOGUE_FILE", str(facts_file))
    assert load().stdout.startswith("loaded 1000 tracks")


@pytest.mark.parametrize("url", ["nonsense", "mysql+pymysql://user:secret@127.0.0.1:1/songs"])
def test_an_unreachable_database_is_reported_in_one_line(url: str, facts_file: Path) -> None:
    done = load("--file", facts_file, "--database-url", url)
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.fullmatch(r"musicalface: the database .*\n", done.stderr)
    assert "secret" not in done.stderr


def test_a_broken_file_is_reported_in_one_line(database_url: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(b"no gzip")
    done = load("--file", broken, "--database-url", database_url)
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.fullmatch(r"musicalface: the catalogue .*broken\.csv\.gz is broken: .*\n", done.stderr)
