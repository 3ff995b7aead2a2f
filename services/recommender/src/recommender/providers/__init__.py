"""Music services that know where a song plays: one client per provider, all with the protocol `ProviderClient`.

`configured` makes the clients that have credentials; `provider` holds the protocol and its errors. Others import these.
A provider's own modules are for this package alone. This package imports the domain, the settings and the cache.
"""
