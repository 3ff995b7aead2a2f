"""The steps before a route handles a request: the client's origin and address, the rate limit, the upload of a photo.

`app` and `routes` may import these modules. They import `settings`, never `routes`, `schemas` or `services`.
"""
