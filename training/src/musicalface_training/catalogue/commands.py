"""The `catalogue` commands."""

from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.score_batch import ScoreBatchError
from lyrics_mood.score_batch.command import score_batch
from musicalface_common.settings import available_cores
from musicalface_training.catalogue.build import build_catalogue
from musicalface_training.catalogue.knowledge import load_knowledge
from musicalface_training.catalogue.measures.counts import count_tables
from musicalface_training.catalogue.songs import read_songs
from musicalface_training.errors import DatasetError
from musicalface_training.options import DATA, FACTS_FILE, REPORTS, Reports
from musicalface_training.tables import find_table
from recommender.catalogue.errors import CatalogueError
from recommender.catalogue.facts_file import FactsFile

POOL = "lyrics_pool.csv.xz"
JUDGEMENTS = Path("training/judgements")

catalogue = typer.Typer(no_args_is_help=True)
catalogue.command("score-batch")(score_batch)


@catalogue.callback()
def _group() -> None:
    """The catalogue: score songs in bulk, and write facts without lyrics."""


@catalogue.command()
def build(
    data: Annotated[Path, typer.Option(help=f"Folder with lyrics/{POOL}, lyrics/deezer_*.csv and lastfm2k/")] = DATA,
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Another CSV file, with artist, title (or song) and lyrics (or text)"),
    ] = None,
    output: Annotated[Path, typer.Option(help="The facts file to write")] = FACTS_FILE,
    model: Annotated[str, typer.Option(help="Name or alias of the lyrics model")] = "default",
    work: Annotated[
        Path, typer.Option(help="Folder of finished parts; a stopped build resumes from it, delete it to start again")
    ] = Path("training/runs/catalogue"),
    processes: Annotated[int | None, typer.Option(min=1, help="Default: one for each core")] = None,
) -> None:
    """Score each song's moods, language and explicit flag, add facts of other sources, and write all without lyrics."""
    songs = source or find_table(data, "lyrics", POOL)
    try:
        count = build_catalogue(songs, output, load_knowledge(data), model, work, processes or available_cores())
    except ScoreBatchError as error:
        raise DatasetError(str(error)) from error
    typer.echo(f"{count} songs in {output}")


@catalogue.command()
def measure(
    data: Annotated[Path, typer.Option(help="Folder with lyrics/ and songs/, as for `build`")] = DATA,
    judged: Annotated[Path, typer.Option(help="Folder of judgements by hand")] = JUDGEMENTS,
    reports: Reports = REPORTS,
) -> None:
    """Compare people's moods with other sets, and marks with judgements by hand; write the report."""
    from musicalface_training.catalogue.measures.report import write_measures

    songs = read_songs(find_table(data, "lyrics", POOL))
    typer.echo(f"report: {write_measures(data, songs, judged, reports)}")


@catalogue.command()
def count(
    facts: Annotated[Path, typer.Option(help="The catalogue's facts file")] = FACTS_FILE,
) -> None:
    """Print the numbers of songs by mood, genre, decade and language, in Markdown."""
    try:
        typer.echo(count_tables(FactsFile(facts).songs))
    except CatalogueError as error:
        raise DatasetError(str(error)) from error
