"""Teachers of the served lyrics network: logistic regressions, their features, and the targets made of their scores.

`evaluation` and `network` may import from here. Imports `lyrics.data` only.
"""
