"""What can be wrong with the catalogue."""

from musicalface_common.startup import StartupError


class CatalogueError(StartupError):
    """There is no catalogue to be had: its file or its database fails. The message says why in one line."""
