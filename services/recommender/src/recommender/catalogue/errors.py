"""The error of everything that loads or opens the catalogue."""

from musicalface_common.startup import StartupError


class CatalogueError(StartupError):
    """The catalogue's file or database fails. The message gives the reason in one line."""
