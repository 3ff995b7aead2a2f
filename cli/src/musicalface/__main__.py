"""`python -m musicalface`: the command where nothing is installed, such as in a container."""

from musicalface.main import cli

cli(prog_name="musicalface")
