"""Lyrics to mood: the text of a song in, four mood scores out."""
