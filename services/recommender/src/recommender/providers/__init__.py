"""Clients of the music services that know where a song plays: one per provider, all with the protocol `ProviderClient`.

`configured` makes the clients that have credentials, `provider` defines the protocol and its errors, `http` calls APIs.
Other packages import only these three. This package imports the domain, the settings and the cache.
"""
