"""What every service speaks: vocabulary, errors, settings, logs, metrics, health, limits."""

__version__ = "0.1.0"
