"""Prometheus metrics of all apps. The label `service` names the app, the label `route` the route template."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REQUESTS = Counter("musicalface_requests", "Requests served", ["service", "method", "route", "status"])
SECONDS = Histogram(
    "musicalface_request_seconds",
    "Seconds from request to response",
    ["service", "method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5),
)
IN_FLIGHT = Gauge("musicalface_requests_in_flight", "Requests being served", ["service"])


def metrics_router() -> APIRouter:
    """Make the router of `GET /metrics`."""
    router = APIRouter()

    @router.get("/metrics", summary="Prometheus metrics", tags=["operations"], response_class=Response)
    def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
