"""The `score-batch` command: its options, the choice of the input files of its shard, and the choice of the runner."""

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Protocol

import typer

from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.input_files import InputFile, find_files, read_tables
from lyrics_mood.score_batch.local_runner import LocalRunner
from lyrics_mood.score_batch.output_folder import FinishedPart
from lyrics_mood.score_batch.parts import Input
from lyrics_mood.score_batch.progress import Tally, show_progress
from lyrics_mood.score_batch.scoring import scoring_version
from musicalface_common.model_store import ModelError
from musicalface_common.settings import available_cores


class Runner(Protocol):
    """Scores the parts of the input on `cores` cores."""

    cores: int

    def run(self, inputs: Iterable[Input]) -> Iterator[FinishedPart]:
        """Score and store each part that is not finished yet, and yield its counts. Raises ScoreBatchError."""


class RunnerName(StrEnum):
    """Where the parts are scored: on this machine or on a Ray cluster."""

    LOCAL = "local"
    RAY = "ray"


def score_batch(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A CSV (plain, gz, xz) or Parquet file, or a folder")],
    output: Annotated[
        Path, typer.Argument(help="Folder for the Parquet files; with the same folder, a stopped run continues")
    ],
    model: Annotated[str, typer.Option(help="Name or alias of the lyrics model")] = "default",
    runner: Annotated[
        RunnerName, typer.Option("--engine", help="local: the cores of this machine; ray: a cluster, by Ray Data")
    ] = RunnerName.LOCAL,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Number of processes with --engine local; default: one per core")
    ] = None,
    rows: Annotated[int, typer.Option(min=1, help="Number of input rows per output file")] = 10_000,
    shard_index: Annotated[
        int,
        typer.Option(min=0, envvar="JOB_COMPLETION_INDEX", help="Shard of the input files to score, counted from 0"),
    ] = 0,
    shard_count: Annotated[int, typer.Option(min=1, help="Number of shards that the input files are divided into")] = 1,
) -> None:
    """Write the mood scores, language and explicit flag of each song. Lyrics are never written."""
    try:
        files = _shard(find_files(source), shard_index, shard_count)
        typer.echo(_run(files, output, model, runner, processes or available_cores(), rows))
    except (ScoreBatchError, ModelError) as error:
        sys.exit(f"error: {error}")


def _shard(files: list[Path], index: int, count: int) -> list[Path]:
    if index >= count:
        raise ScoreBatchError(f"there is no shard {index} of {count}: the first is 0, --shard-count is their number")
    return files[index::count]


def _run(files: list[Path], output: Path, model: str, name: RunnerName, processes: int, rows: int) -> Tally:
    version = scoring_version(model)
    _check_readable(files)
    inputs = [InputFile(path.absolute(), rows, version) for path in files]
    runner = _ray_runner(model, output) if name is RunnerName.RAY else LocalRunner(model, output, processes)
    tally = show_progress(runner.run(inputs), runner.cores)
    if tally.skipped and not tally.songs:
        raise ScoreBatchError("no row of the input has lyrics with words")
    return tally


def _check_readable(files: list[Path]) -> None:
    """Read the first row of each file, so that a bad file stops the run at once. Raises ScoreBatchError."""
    first_rows = [next(read_tables(path, 1), None) for path in files]
    if files and not any(first_rows):
        raise ScoreBatchError("the input has no rows")


def _ray_runner(model: str, output: Path) -> Runner:
    try:
        from lyrics_mood.score_batch.ray_runner import RayRunner  # noqa: PLC0415 - Ray is optional
    except ImportError as error:
        raise ScoreBatchError("--engine ray needs Ray Data: pip install 'ray[data]'") from error
    return RayRunner(model, output)
