"""The public routes, a file a topic."""

from fastapi import APIRouter, Depends

from gateway.rate_limit import limit_rate
from gateway.routes import home, lyrics, moods, photo, tracks
from musicalface_common.errors import RateLimited, problem_responses


def public_routers() -> list[APIRouter]:
    """Return all public routers; those that cost something hold their clients to the rate limit."""
    limited = APIRouter(dependencies=[Depends(limit_rate)], responses=problem_responses(RateLimited))
    for topic in (photo, moods, lyrics, tracks):
        limited.include_router(topic.router)
    return [home.router, limited]
