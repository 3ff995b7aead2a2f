"""Caches on two levels: process memory, then Redis. While Redis is away, only process memory serves.

`two_level` stores bytes by key, `candidates` stores candidate lists, and both use `redis_level`.
The app, recommend, playback, providers and refresh may import these. This package imports only the domain.
"""
