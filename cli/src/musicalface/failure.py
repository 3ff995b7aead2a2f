"""How a command ends that cannot do what was asked."""

from typing import NoReturn

import typer


def fail(message: str) -> NoReturn:
    """Say why on standard error, in one line, and end with exit code 1."""
    typer.echo(f"musicalface: {message}", err=True)
    raise typer.Exit(1)
