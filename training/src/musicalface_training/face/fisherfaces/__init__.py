"""Fisherfaces, a linear classifier to compare the networks with: fit, export and publication.

The commands import `publish`. Nothing here is imported by the networks or by `evaluation`.
"""
