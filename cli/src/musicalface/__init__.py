"""The `musicalface` command, and all services composed in one process."""
