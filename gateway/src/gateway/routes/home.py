"""The front door."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

router = APIRouter()


@router.get("/", include_in_schema=False)
async def home() -> RedirectResponse:
    """Lead a browser to the documentation."""
    return RedirectResponse("/docs")
