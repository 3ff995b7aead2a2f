"""The home page."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

router = APIRouter()


@router.get("/", include_in_schema=False)
async def home() -> RedirectResponse:
    """Redirect to the documentation page."""
    return RedirectResponse("/docs")
