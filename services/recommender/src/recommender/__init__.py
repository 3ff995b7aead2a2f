"""The recommender service: songs of a catalogue that fit a mood, and links to where they play.

Public: `app.create_app`, `settings`, `catalogue.loading` and `refresh.run` for the command line, `domain` for training.
Everything else belongs to the service alone.
"""
