"""What clients may hold of a server: connections, bytes of bodies, and places among the requests that are served.

`Admission` puts the limits of one app together. The app factory makes it, and the server asks it. These modules import
errors, settings and metrics of this package, and nothing else.
"""
