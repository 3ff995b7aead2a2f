"""The public routes, a file a topic."""

from fastapi import APIRouter

from gateway.routes import home, lyrics, moods, photo, tracks
from musicalface_common.errors import RateLimited, problem_responses


def public_routers() -> list[APIRouter]:
    """Return all public routers; those that cost something can answer that there were too many requests."""
    limited = APIRouter(responses=problem_responses(RateLimited))
    for topic in (photo, moods, lyrics, tracks):
        limited.include_router(topic.router)
    return [home.router, limited]
