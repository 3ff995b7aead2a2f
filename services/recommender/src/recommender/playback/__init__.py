"""Looks up the page and player of a song at a provider, within the time that a response may take.

The routes and the refresh use `lookup`, which opens the providers. `resolver` asks one provider, `cooldown` stops calls
to a provider that limits them, `cache` stores results. The package imports providers, cache, settings and domain.
"""
