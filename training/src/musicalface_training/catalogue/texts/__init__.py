"""The texts of the songs: whether they are lyrics at all, and what they speak for.

`build` imports `forms` and `harm`. No text leaves this package.
"""
