"""What one client may cost an app, as ASGI middleware: the size and time of a body, and the requests at once.

The app factory adds these to every app. They import errors and nothing else of this package.
"""
