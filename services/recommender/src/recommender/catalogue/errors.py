"""The error that loading and opening the catalogue raise."""

from musicalface_common.startup import StartupError


class CatalogueError(StartupError):
    """The catalogue's file or database fails. The message is one line with the reason."""
