"""The image of `score-batch` and the Kubernetes Job that runs it: their arguments are those of the command."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[3]
JOB = (ROOT / "deploy/kubernetes/score-batch.yaml").read_text("utf-8")
STAGES = dict(re.findall(r"^FROM \S+ AS (\S+)\n((?:(?!FROM ).*\n?)*)", (ROOT / "Dockerfile").read_text("utf-8"), re.M))


def said(pattern: str) -> str:
    """Return the only match of a pattern in the manifest."""
    (found,) = re.findall(pattern, JOB)
    return str(found)


def entrypoint() -> list[str]:
    """Return the entrypoint of the manifest's image, read from its stage of the Dockerfile."""
    stage = STAGES[said(r"image: musicalface/(\S+)")]
    (words,) = re.findall(r"^ENTRYPOINT (.+)$", stage, re.M)
    return list(json.loads(words))


def arguments() -> list[str]:
    """Return the arguments that the manifest passes to the entrypoint."""
    return said(r"args: \[(.+)\]").split(", ")


def run_pod(index: int, folder: Path) -> None:
    """Run the command as the pod with this index does, with folders in place of its volumes."""
    words = [str(folder) + word if word.startswith("/") else word for word in arguments()]
    environment = {**os.environ, "JOB_COMPLETION_INDEX": str(index)}
    command = [sys.executable, *entrypoint()[1:], *words]
    subprocess.run(command, env=environment, check=True, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in place of the manifest's volumes, with one input file per pod."""
    (tmp_path / "songs").mkdir()
    for number in range(int(said(r"completions: (\d+)"))):
        (tmp_path / f"songs/{number:02d}.csv").write_text(f"id,lyrics\n{number},we walk along the river\n", "utf-8")
    return tmp_path


def test_the_last_pod_scores_the_last_file_and_no_other(folder: Path) -> None:
    last = int(said(r"completions: (\d+)")) - 1
    run_pod(last, folder)
    (written,) = (folder / "scores").glob("*.parquet")
    assert pq.read_table(written)["id"].to_pylist() == [str(last)]


def test_figures_that_are_written_twice_are_equal() -> None:
    options = dict(word.removeprefix("--").split("=") for word in arguments() if word.startswith("--"))
    assert options["shard-count"] == said(r"completions: (\d+)")
    assert options["processes"] == said(r'limits: \{ cpu: "(\d+)"')


def test_folders_of_the_command_line_are_volumes_and_only_the_scores_can_be_written() -> None:
    source, output = (word for word in arguments() if word.startswith("/"))
    assert said(rf"name: (\w+), mountPath: {source}, readOnly: true") == "songs"
    assert said(rf"name: (\w+), mountPath: {output} \}}") == "scores"


def test_the_pod_runs_as_the_user_of_the_image() -> None:
    assert f"USER {said(r'runAsUser: (.+)')}:{said(r'runAsGroup: (.+)')}\n" in STAGES["base"]
