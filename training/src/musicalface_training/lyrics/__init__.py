"""Lyrics mood: MoodyLyrics, the networks, their training, export and evaluation."""
