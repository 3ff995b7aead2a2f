"""Lyrics mood: labelled songs, networks, their teachers, training, publication and evaluation.

The command line imports `commands`. Layers, from the top: commands; network and reference, which do not import each
other; evaluation and entry; teachers and embedding; data.
"""
