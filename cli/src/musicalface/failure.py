"""Ends a command that fails."""

from typing import NoReturn

import typer


def fail(message: str) -> NoReturn:
    """Print the message as one line on standard error, and end the command with exit code 1."""
    typer.echo(f"musicalface: {message}", err=True)
    raise typer.Exit(1)
