"""Vectors of songs and words that exist before any training: MiniLM's sentence embeddings and VADER's valence.

`teachers` and `network` may import from here. Imports no other package of `lyrics`.
"""
