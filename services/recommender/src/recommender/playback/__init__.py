"""Finds which page and player a song gets, without making an answer wait longer than its time.

The routes and the refresh use `lookup`, which opens the providers. `resolver` asks one provider, `cooldown` stops calls
to a limited one, `cache` keeps results. The package imports providers, cache, settings and domain.
"""
