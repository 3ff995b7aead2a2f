"""The `musicalface` command, and the composition of all services in one process.

May import every package of the repository; no other package may import this one.
"""
