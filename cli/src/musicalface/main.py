"""The `musicalface` command. What a command needs is imported in it: `--help` waits for no model."""

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from musicalface.catalogue import catalogue
from musicalface.failure import fail
from musicalface_common import __version__

if TYPE_CHECKING:
    from musicalface.asking import Wish

cli = typer.Typer(
    help="A photo of a face goes in, songs that fit its mood come out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
cli.add_typer(catalogue, name="catalogue")

Limit = Annotated[int, typer.Option(min=1, max=50, help="How many songs.")]
Policy = Annotated[Literal["match", "lift"], typer.Option(help="Match songs to the mood, or lift a low one.")]
Faces = Annotated[Literal["largest", "all", "single"], typer.Option(help="Which faces lead.")]
Provider = Annotated[Literal["spotify", "youtube", "soundcloud"], typer.Option(help="Where the links lead.")]
Seed = Annotated[int | None, typer.Option(min=0, help="The same seed gives the same songs.")]
Genre = Annotated[str | None, typer.Option(help="Only this genre.")]
Language = Annotated[str | None, typer.Option(help="Only this language, such as en.")]
YearFrom = Annotated[int | None, typer.Option(min=1000, max=9999, help="Only from this year on.")]
YearTo = Annotated[int | None, typer.Option(min=1000, max=9999, help="Only up to this year.")]
Explicit = Annotated[bool | None, typer.Option(help="Explicit lyrics alone, or none of them.")]
Server = Annotated[str | None, typer.Option(metavar="URL", help="Ask this running server; none: in-process.")]
OpenFirst = Annotated[bool, typer.Option("--open", help="Open the first song in the browser.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON and nothing else.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"musicalface {__version__}")
        raise typer.Exit


@cli.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False,
) -> None:
    """A photo of a face goes in, songs that fit its mood come out."""


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any free one.")] = 8000,
) -> None:
    """Serve everything in one process."""
    from musicalface.serving import serve as serve_embedded  # noqa: PLC0415

    serve_embedded(host, port)


@cli.command()
def recommend(
    photo: Annotated[Path, typer.Argument(help="A JPEG, PNG or WebP file.")],
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
    from musicalface.asking import Wish  # noqa: PLC0415

    try:
        content = photo.read_bytes()
    except OSError as error:
        fail(f"cannot read {photo}: {error.strerror}")
    wish = Wish(limit, policy, faces, provider, seed, genre, language, year_from, year_to, explicit)
    _answer(content, wish, server, open_first, as_json)


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
    from musicalface.asking import Wish  # noqa: PLC0415
    from musicalface.camera import take_picture  # noqa: PLC0415

    wish = Wish(limit, policy, faces, provider, seed, genre, language, year_from, year_to, explicit)
    _answer(take_picture(camera), wish, server, open_first, as_json)


@cli.command()
def openapi(
    output: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the documents here.")] = None,
    check: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Fail where these differ.")] = None,
) -> None:
    """Write the OpenAPI documents of all apps, or check that written ones still hold."""
    from musicalface.contracts import drifted, write_contracts  # noqa: PLC0415

    if (output is None) == (check is None):
        raise typer.BadParameter("give one of --output FOLDER and --check FOLDER")
    if output:
        write_contracts(output)
    elif check and (names := drifted(check)):
        fail(f"drifted: {', '.join(names)}; `musicalface openapi --output {check}` writes them anew")


def _answer(photo: bytes, wish: "Wish", server: str | None, open_first: bool, as_json: bool) -> None:
    from musicalface.asking import ask  # noqa: PLC0415
    from musicalface.display import show  # noqa: PLC0415

    recommendation = ask(photo, wish, server)
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
