"""Caches on two levels: process memory first, then Redis, and process memory only while Redis is away.

`two_level` keeps bytes by key, `candidates` keeps candidate lists, `redis_level` is the level behind both.
The app, playback, providers and refresh may import these. This package imports nothing but the domain.
"""
