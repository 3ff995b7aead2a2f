"""The HTTP server of all apps: uvicorn, with bounds on what a connection may send, hold and delay.

`Server` may be imported from `server.server`. No app imports this package: it serves apps and knows nothing of them
but their `Admission`.
"""
