"""What can go wrong in training that its user can put right."""


class DatasetError(Exception):
    """The data folder lacks what is needed, or what it holds cannot be read."""


class RunError(Exception):
    """A run folder holds a run of another kind."""


class ExportError(Exception):
    """An exported network is not the one that was trained."""
