"""`python -m musicalface`: runs the command where its script is not installed, such as in a container."""

from musicalface.main import cli

cli(prog_name="musicalface")
