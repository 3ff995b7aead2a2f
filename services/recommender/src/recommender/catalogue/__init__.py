"""The catalogue in the database: facts file, added songs, schema, loading, and the reads of the recommender.

The app and refresh use `catalogue`, `loading`, `database` and `added_songs`; the command line `loading` and `errors`.
Tables, rows and editions are private. `facts_file` and `errors` import no SQLAlchemy, since training uses them.
"""
