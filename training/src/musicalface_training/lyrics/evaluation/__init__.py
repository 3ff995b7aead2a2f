"""Out-of-fold figures of the served lyrics network, its teachers and its baselines.

`network` imports from here. Imports `lyrics.data` and `lyrics.teachers`, and nothing that trains a network.
"""
