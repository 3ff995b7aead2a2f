"""What can go wrong in bulk that its user can put right."""


class ShardError(Exception):
    """An input cannot be read, an output belongs to another run, or a process was lost. The message says which."""
