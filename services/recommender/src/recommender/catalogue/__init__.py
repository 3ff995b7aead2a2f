"""The catalogue in the database: its facts file, added songs, schema, loading and search.

The app, recommend and refresh may import all modules except `rows`, `edition` and `search`; the command line `loading`
and `errors`; training `facts_file` and `errors`, which therefore do not import SQLAlchemy.
"""
