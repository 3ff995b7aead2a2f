"""The `musicalface_training` command."""

import sys

import typer

from musicalface_common.model_store import ModelError
from musicalface_training.catalogue.commands import catalogue
from musicalface_training.errors import DatasetError, ExportError, RunError
from musicalface_training.face.commands import face
from musicalface_training.lyrics.commands import lyrics
from musicalface_training.ranking.commands import ranking

app = typer.Typer(
    help="Trains, exports and measures the models that MusicalFace serves, and builds its catalogue.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(face, name="face")
app.add_typer(lyrics, name="lyrics")
app.add_typer(catalogue, name="catalogue")
app.add_typer(ranking, name="ranking")


def cli() -> None:
    """Run the command line. Errors that the user can correct are printed as one line, without a traceback."""
    try:
        app()
    except (DatasetError, ExportError, ModelError, RunError) as error:
        sys.exit(f"error: {error}")
