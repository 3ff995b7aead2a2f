"""Errors that the user of a training command can correct; the command line prints each as one line."""


class DatasetError(Exception):
    """A data set is missing, or its files cannot be read as that data set."""


class RunError(Exception):
    """The run folder holds a run that began with other settings."""


class ExportError(Exception):
    """No trained network can be exported, or the exported one differs from the trained one."""
