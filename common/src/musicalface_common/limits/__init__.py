"""ASGI middleware that limits the size of a body, its upload time in seconds, and the number of requests at once.

The app factory adds it to every app. Other packages may import `operational`. These modules import only `errors`.
"""
