"""Clients of the music services that know where a song plays: one client per provider.

`configured` makes the clients that have credentials, `protocol` defines what they have in common, `http` calls APIs.
Other packages import only these three. This package imports the domain, the settings and the cache.
"""
