"""The recommender: songs of a catalogue that fit a mood."""
