"""`musicalface catalogue`: the songs in the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicalface.failure import fail

if TYPE_CHECKING:
    from recommender.adapters.loader import Loaded
    from recommender.settings import Settings

catalogue = typer.Typer(help="The songs in the recommender's database.", no_args_is_help=True)


@catalogue.callback()
def _catalogue() -> None:
    """The songs in the recommender's database."""


@catalogue.command()
def load(
    file: Annotated[Path | None, typer.Option(help="Facts file; none: RECOMMENDER_CATALOGUE_FILE.")] = None,
    database_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Database; none: RECOMMENDER_DATABASE_URL.")
    ] = None,
) -> None:
    """Bring a database to the newest layout and to the songs of a facts file, all or nothing.

    Running services serve the new songs within seconds. One that starts loads its own facts file.
    """
    loaded = _load(_settings(catalogue_file=file, database_url=database_url))
    if loaded.songs is None:
        typer.echo(f"already at version {loaded.version}")
    else:
        typer.echo(f"loaded {loaded.songs} tracks, version {loaded.version}")


def _settings(**options: object) -> "Settings":
    from musicalface.embedded import read_settings  # noqa: PLC0415
    from recommender.settings import Settings  # noqa: PLC0415

    return read_settings(Settings, **{name: value for name, value in options.items() if value is not None})


def _load(settings: "Settings") -> "Loaded":
    from musicalface_common.logging import configure_logging  # noqa: PLC0415
    from recommender.adapters.database import CatalogueError, open_engine  # noqa: PLC0415
    from recommender.adapters.loader import load as load_facts  # noqa: PLC0415

    configure_logging("WARNING", "console")
    try:
        with open_engine(settings.database_url) as engine:
            return load_facts(engine, settings.catalogue_file)
    except CatalogueError as error:
        fail(str(error))
