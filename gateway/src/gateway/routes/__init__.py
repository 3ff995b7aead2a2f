"""The public routes: one module per topic, and the query parameters that they share.

`app` may import `public_routers` and `PHOTO_PATHS` from here. These modules may import everything else in the gateway
except `app`.
"""

from fastapi import APIRouter

from gateway.routes import facets, home, lyrics, moods, photo, tracks
from musicalface_common.errors import RateLimited, problem_responses

# Of the calls that take a photo.
PHOTO_PATHS = frozenset({"/recommend", "/emotion"})


def public_routers() -> list[APIRouter]:
    """Return the routers of all public routes. All except the home page document the error of the rate limit (429)."""
    limited = APIRouter(responses=problem_responses(RateLimited))
    for topic in (photo, moods, lyrics, tracks, facets):
        limited.include_router(topic.router)
    return [home.router, limited]
