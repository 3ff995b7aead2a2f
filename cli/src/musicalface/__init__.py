"""The `musicalface` command, and the composition of all services in one process.

It may import every package of the repository. No other package may import it.
"""
