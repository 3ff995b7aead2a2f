"""What people said of songs' moods: emotion words that listeners used, and places of valence and arousal.

`knowledge` imports `votes`. Imports nothing of the lyrics.
"""
