"""The recommender service: finds songs that fit a mood, and links to the pages where they play.

Public: `app.create_app`, `settings`, `catalogue.loading` and `refresh.run` for the command line; `domain`,
`catalogue.facts_file` and `catalogue.errors` for training. Only this service imports its other modules.
"""
