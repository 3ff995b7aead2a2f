"""`python -m musicalface`: runs the command without its installed script, for example in a container."""

from musicalface.main import cli

cli(prog_name="musicalface")
