"""`musicalface catalogue`: the songs in the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicalface.failure import fail

if TYPE_CHECKING:
    from recommender.catalogue.loading import Loaded
    from recommender.settings import Settings

catalogue = typer.Typer(help="The songs in the recommender's database.", no_args_is_help=True)

File = Annotated[Path | None, typer.Option(help="Facts file; none: RECOMMENDER_CATALOGUE_FILE.")]
DatabaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="Database; none: RECOMMENDER_DATABASE_URL.")]
Every = Annotated[str | None, typer.Option(metavar="TIME", help="Go on, and refresh so often: 7d or 12h.")]


@catalogue.callback()
def _catalogue() -> None:
    """The songs in the recommender's database."""


@catalogue.command()
def load(file: File = None, database_url: DatabaseUrl = None) -> None:
    """Bring a database to the newest layout and to the songs of a facts file, all or nothing.

    Running services serve the new songs within seconds. One that starts loads its own facts file.
    """
    loaded = _load(_settings(catalogue_file=file, database_url=database_url))
    if loaded.songs is None:
        typer.echo(f"already at version {loaded.version}")
    else:
        typer.echo(f"loaded {loaded.songs} tracks, version {loaded.version}")


@catalogue.command()
def refresh(file: File = None, database_url: DatabaseUrl = None, every: Every = None) -> None:
    """Bring in new songs from RECOMMENDER_SOURCES_FOLDER and ListenBrainz, and ask Spotify for the likeliest songs.

    May be run at any time and again. Ends with exit code 75 where another refresh runs, 1 where the folder cannot be
    read. RECOMMENDER_ variables say what is asked: docs/catalogue.md.
    """
    from musicalface.refreshing import refresh_every, refresh_once, seconds  # noqa: PLC0415

    interval = None if every is None else seconds(every)
    settings = _settings(catalogue_file=file, database_url=database_url)
    if interval is not None:
        refresh_every(settings, interval)
    raise typer.Exit(refresh_once(settings))


def _settings(**options: object) -> "Settings":
    from musicalface.environment import read_settings  # noqa: PLC0415
    from recommender.settings import Settings  # noqa: PLC0415

    return read_settings(Settings, **{name: value for name, value in options.items() if value is not None})


def _load(settings: "Settings") -> "Loaded":
    from musicalface_common.logging import configure_logging  # noqa: PLC0415
    from recommender.catalogue.errors import CatalogueError  # noqa: PLC0415
    from recommender.catalogue.loading import load_catalogue  # noqa: PLC0415

    configure_logging("WARNING", "console")
    try:
        return load_catalogue(settings.database_url, settings.catalogue_file)
    except CatalogueError as error:
        fail(str(error))
