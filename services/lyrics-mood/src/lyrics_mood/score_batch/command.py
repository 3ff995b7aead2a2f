"""The `score-batch` command."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.score_batch.engine import Engine
from lyrics_mood.score_batch.errors import ShardError
from lyrics_mood.score_batch.input_files import find_files, read_tables
from lyrics_mood.score_batch.local_runner import LocalEngine
from lyrics_mood.score_batch.parts import FileSource, scoring_version
from lyrics_mood.score_batch.progress import Tally, follow
from musicalface_common.model_store import ModelError


class EngineName(StrEnum):
    """What spreads the work."""

    LOCAL = "local"
    RAY = "ray"


def score_batch(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="A CSV (plain, gz, xz) or Parquet file, or a folder")],
    output: Annotated[Path, typer.Argument(help="Folder for the Parquet files; a stopped run goes on from here")],
    model: Annotated[str, typer.Option(help="Name or alias of the lyrics model to ask")] = "default",
    engine: Annotated[EngineName, typer.Option(help="ray: over a cluster, by Ray Data")] = EngineName.LOCAL,
    processes: Annotated[int | None, typer.Option(min=1, help="Of the local engine; default: one a core")] = None,
    rows: Annotated[int, typer.Option(min=1, help="Rows of input in a file of output")] = 10_000,
    shard_index: Annotated[
        int, typer.Option(min=0, envvar="JOB_COMPLETION_INDEX", help="Which share of the input files is this one's")
    ] = 0,
    shard_count: Annotated[int, typer.Option(min=1, help="Into how many shares the input files are dealt")] = 1,
) -> None:
    """Give songs their mood scores, language and explicit flag; lyrics are read and never written."""
    try:
        files = _share(find_files(source), shard_index, shard_count)
        typer.echo(_run(files, output, model, engine, processes or available_cores(), rows))
    except (ShardError, ModelError) as error:
        sys.exit(f"error: {error}")


def available_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _share(files: list[Path], index: int, count: int) -> list[Path]:
    if index >= count:
        raise ShardError(f"there is no share {index} of {count}: they count from 0; --shard-count says how many")
    return files[index::count]


def _run(files: list[Path], output: Path, model: str, engine: EngineName, processes: int, rows: int) -> Tally:
    version = scoring_version(model)
    _check(files)
    sources = [FileSource(path.absolute(), rows, version) for path in files]
    worker = _ray_engine(model, output) if engine is EngineName.RAY else LocalEngine(model, output, processes)
    tally = follow(worker.run(sources), worker.cores)
    if tally.skipped and not tally.songs:
        raise ShardError("no row of the input has lyrics with words in them")
    return tally


def _check(files: list[Path]) -> None:
    """Tell what cannot be read or lacks a column before hours of work. Raises ShardError."""
    first_rows = [next(read_tables(path, 1), None) for path in files]
    if files and not any(first_rows):
        raise ShardError("the input has no rows")


def _ray_engine(model: str, output: Path) -> Engine:
    try:
        from lyrics_mood.score_batch.ray_runner import RayEngine  # noqa: PLC0415 - Ray is optional
    except ImportError as error:
        raise ShardError("--engine ray needs Ray Data: pip install 'ray[data]'") from error
    return RayEngine(model, output)
