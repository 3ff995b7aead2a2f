"""Prometheus metrics of all apps. The label `service` names the app, the label `route` the route template."""

from secrets import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from pydantic import SecretStr

from musicalface_common.errors import Unauthorized, problem_responses

REQUESTS = Counter("musicalface_requests", "Requests served", ["service", "method", "route", "status"])
SECONDS = Histogram(
    "musicalface_request_seconds",
    "Seconds from request to response",
    ["service", "method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5),
)
IN_FLIGHT = Gauge("musicalface_requests_in_flight", "Requests being served", ["service"])

ASK = "send the token of the setting METRICS_TOKEN as Authorization: Bearer"
CLOSED = "the setting METRICS_TOKEN is not set, so nobody may read the metrics"

SentToken = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]


def metrics_router(token: SecretStr | None, public: bool) -> APIRouter:
    """Make the router of `GET /metrics`. With a token it needs this token; without one, a public app refuses all."""
    router = APIRouter()

    @router.get(
        "/metrics",
        summary="Prometheus metrics",
        tags=["operations"],
        response_class=Response,
        responses=problem_responses(Unauthorized),
    )
    def metrics(sent: SentToken) -> Response:
        if (token or public) and not _same(sent, token):
            raise Unauthorized(ASK if token else CLOSED, headers={"WWW-Authenticate": "Bearer"})
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _same(sent: HTTPAuthorizationCredentials | None, token: SecretStr | None) -> bool:
    if sent is None or token is None:
        return False
    return compare_digest(sent.credentials.encode(), token.get_secret_value().encode())
