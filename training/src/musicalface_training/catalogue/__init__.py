"""The catalogue: songs scored in bulk and written as a file of facts, without their lyrics.

The command line imports `commands`; `lyrics` imports `lastfm` for artists' tags.
Imports nothing that trains a network.
"""
