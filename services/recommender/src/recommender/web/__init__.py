"""The recommender's HTTP interface: `routes` and their JSON (`schemas`), page cursors, and the app's state.

Only the app imports this package. It imports `recommend`, `playback` and the domain, never the database or a provider.
"""
