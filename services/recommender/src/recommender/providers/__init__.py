"""Music services that know where a song plays: one client per provider.

`configured` makes the clients that have credentials; `protocol` is what they have in common. Other packages import only
these two. This package imports the domain, the settings and the cache.
"""
