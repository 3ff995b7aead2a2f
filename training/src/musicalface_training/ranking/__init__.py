"""Ranking: what its weights are worth, and what its lists look like."""
