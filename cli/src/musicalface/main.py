"""The `musicalface` command. Each command imports what it needs, so that `--help` loads no model."""

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from musicalface.catalogue import catalogue
from musicalface.failure import fail
from musicalface_common import __version__

if TYPE_CHECKING:
    from musicalface.recommend import RequestOptions

cli = typer.Typer(
    help="A photo of a face goes in, songs that fit its mood come out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.add_typer(catalogue, name="catalogue")

Limit = Annotated[int, typer.Option(min=1, max=50, help="Number of songs.")]
Policy = Annotated[
    Literal["match", "lift"], typer.Option(help="Songs that match the mood, or that lift it step by step.")
]
Faces = Annotated[
    Literal["largest", "all", "single"],
    typer.Option(help="The faces that decide: the largest, the mean of all, or the only one (several are refused)."),
]
Provider = Annotated[Literal["spotify", "youtube", "soundcloud"], typer.Option(help="Music service of the links.")]
Seed = Annotated[int | None, typer.Option(min=0, help="The same seed gives the same songs.")]
Genre = Annotated[str | None, typer.Option(help="Only this genre.")]
Language = Annotated[str | None, typer.Option(help="Only this language, such as en.")]
YearFrom = Annotated[int | None, typer.Option(min=1000, max=9999, help="Only from this year on.")]
YearTo = Annotated[int | None, typer.Option(min=1000, max=9999, help="Only up to this year.")]
Explicit = Annotated[bool | None, typer.Option(help="Only songs with explicit lyrics, or only songs without.")]
Server = Annotated[
    str | None, typer.Option(metavar="URL", help="A running server. [default: run everything in this process]")
]
OpenFirst = Annotated[bool, typer.Option("--open", help="Open the first song in the browser.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print only the answer, as JSON.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"musicalface {__version__}")
        raise typer.Exit


@cli.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """A photo of a face goes in, songs that fit its mood come out."""


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 picks a free port.")] = 8000,
) -> None:
    """Serve everything in one process."""
    from musicalface.serve import serve as serve_embedded  # noqa: PLC0415

    serve_embedded(host, port)


@cli.command()
def recommend(
    photo: Annotated[Path, typer.Argument(help="A JPEG, PNG, WebP, GIF or BMP file.")],
    *,
    limit: Limit = 10,
    policy: Policy = "match",
    faces: Faces = "largest",
    provider: Provider = "spotify",
    seed: Seed = None,
    genre: Genre = None,
    language: Language = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    explicit: Explicit = None,
    server: Server = None,
    open_first: OpenFirst = False,
    as_json: AsJson = False,
) -> None:
    """Recommend songs for the face in a photo."""
    from musicalface.recommend import RequestOptions  # noqa: PLC0415

    try:
        content = photo.read_bytes()
    except OSError as error:
        fail(f"cannot read {photo}: {error.strerror}")
    options = RequestOptions(limit, policy, faces, provider, seed, genre, language, year_from, year_to, explicit)
    _print_recommendation(content, options, server, open_first, as_json)


@cli.command()
def webcam(
    *,
    camera: Annotated[int, typer.Option(min=0, help="Number of the camera.")] = 0,
    limit: Limit = 10,
    policy: Policy = "match",
    faces: Faces = "largest",
    provider: Provider = "spotify",
    seed: Seed = None,
    genre: Genre = None,
    language: Language = None,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    explicit: Explicit = None,
    server: Server = None,
    open_first: OpenFirst = False,
    as_json: AsJson = False,
) -> None:
    """Recommend songs for the face in front of the local camera. The picture is not kept."""
    from musicalface.camera import take_picture  # noqa: PLC0415
    from musicalface.recommend import RequestOptions  # noqa: PLC0415

    options = RequestOptions(limit, policy, faces, provider, seed, genre, language, year_from, year_to, explicit)
    _print_recommendation(take_picture(camera), options, server, open_first, as_json)


@cli.command()
def openapi(
    output: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the documents here.")] = None,
    check: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Fail if the documents here differ.")] = None,
) -> None:
    """Write or check the OpenAPI documents of all apps."""
    from musicalface.contracts import drifted, write_contracts  # noqa: PLC0415

    if (output is None) == (check is None):
        raise typer.BadParameter("give either --output FOLDER or --check FOLDER")
    if output:
        write_contracts(output)
    elif check and (names := drifted(check)):
        fail(f"out of date: {', '.join(names)}; `musicalface openapi --output {check}` writes them again")


def _print_recommendation(
    photo: bytes, options: "RequestOptions", server: str | None, open_first: bool, as_json: bool
) -> None:
    from musicalface.display import show  # noqa: PLC0415
    from musicalface.recommend import request_recommendation  # noqa: PLC0415

    recommendation = request_recommendation(photo, options, server)
    if as_json:
        typer.echo(recommendation.model_dump_json(indent=2))
    else:
        show(recommendation)
    if open_first:
        _open(recommendation.tracks[0].url if recommendation.tracks else None)


def _open(url: str | None) -> None:
    if url is None:
        fail("there is no song to open")
    if not webbrowser.open(url):
        fail(f"no browser found; the first song is at {url}")
