"""The `catalogue` commands."""

from pathlib import Path
from typing import Annotated

import typer

from lyrics_mood.classifier import load_classifier
from musicalface_training.catalogue.build import build_catalogue
from musicalface_training.tables import find_table

POOL = "lyrics_pool.csv.xz"

catalogue = typer.Typer(no_args_is_help=True)


@catalogue.callback()
def _group() -> None:
    """The catalogue: classify songs in bulk and keep the facts, never the lyrics."""


@catalogue.command()
def build(
    data: Annotated[Path, typer.Option(help=f"Folder with lyrics/{POOL}, or with the file itself")] = Path("data"),
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Another CSV file, with artist, title (or song) and lyrics (or text)"),
    ] = None,
    output: Annotated[Path, typer.Option(help="The facts file to write")] = Path(
        "services/recommender/src/recommender/data/catalogue.csv.gz"
    ),
    model: Annotated[str, typer.Option(help="Name or alias of the lyrics model to ask")] = "default",
) -> None:
    """Give each song its mood scores and language; write artist, title, year, genre, ids and scores."""
    count = build_catalogue(source or find_table(data, "lyrics", POOL), output, load_classifier(model))
    typer.echo(f"{count} songs in {output}")
