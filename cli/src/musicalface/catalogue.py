"""`musicalface catalogue`: commands for the songs in the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from musicalface.failure import fail

if TYPE_CHECKING:
    from recommender.catalogue.loading import Loaded
    from recommender.settings import Settings

catalogue = typer.Typer(help="The songs in the recommender's database.", no_args_is_help=True)

File = Annotated[Path | None, typer.Option(help="Facts file. [default: RECOMMENDER_CATALOGUE_FILE]")]
DatabaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="Database. [default: RECOMMENDER_DATABASE_URL]")]
Every = Annotated[
    str | None, typer.Option(metavar="TIME", help="Refresh again after each TIME, such as 7d, 12h or 30m.")
]


@catalogue.callback()
def _catalogue() -> None:
    """The songs in the recommender's database."""


@catalogue.command()
def load(file: File = None, database_url: DatabaseUrl = None) -> None:
    """Load all songs of a facts file into a database, or none if the load fails.

    The database is first migrated to the newest schema. Running services serve the new songs within seconds. A service
    that starts later loads its own facts file.
    """
    loaded = _load(_settings(catalogue_file=file, database_url=database_url))
    if loaded.songs is None:
        typer.echo(f"already at version {loaded.version}")
    else:
        typer.echo(f"loaded {loaded.songs} tracks, version {loaded.version}")


@catalogue.command()
def refresh(file: File = None, database_url: DatabaseUrl = None, every: Every = None) -> None:
    """Add new songs, and look up at Spotify the songs that listeners are most likely to get.

    New songs come from RECOMMENDER_SOURCES_FOLDER and from ListenBrainz. The refresh may run at any time, and may be
    repeated. Exit code 75: another refresh is running. Exit code 1: the folder, the facts file or the database cannot
    be used. See docs/catalogue.md.
    """
    from musicalface.refresh import refresh_every, refresh_once, seconds  # noqa: PLC0415

    interval = None if every is None else seconds(every)
    settings = _settings(catalogue_file=file, database_url=database_url)
    if interval is not None:
        refresh_every(settings, interval)
    raise typer.Exit(refresh_once(settings))


def _settings(**options: object) -> "Settings":
    from musicalface.environment import read_settings, warn_of_unknown_variables  # noqa: PLC0415
    from recommender.settings import Settings  # noqa: PLC0415

    warn_of_unknown_variables(Settings)
    return read_settings(Settings, **{name: value for name, value in options.items() if value is not None})


def _load(settings: "Settings") -> "Loaded":
    from musicalface_common.logging import configure_logging  # noqa: PLC0415
    from recommender.catalogue.loading import CatalogueError, load_catalogue  # noqa: PLC0415

    configure_logging("WARNING", "console")
    try:
        return load_catalogue(settings.database_url, settings.catalogue_file)
    except CatalogueError as error:
        fail(str(error))
