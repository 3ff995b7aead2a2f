"""The public HTTP API: it takes a photo, calls the services over HTTP and responds with songs.

Other packages may import `app.create_app`, `settings.Settings`, `schemas`, `mood_map` and the names of the services in
`services`. They may not import `routes`, `door`, `examples` or a module of `services`.
"""
