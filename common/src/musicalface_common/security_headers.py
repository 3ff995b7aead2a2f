"""Headers that tell a browser to do no more with a response than show it."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# As OWASP's REST Security Cheat Sheet lists them. Only what ends TLS can send Strict-Transport-Security.
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Answers are personal, or drawn anew for each request.
    "Cache-Control": "no-store",
}
# A response that is data loads and runs nothing.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
# FastAPI's pages: an inline script, and Swagger UI or ReDoc from this network.
CDN = "https://cdn.jsdelivr.net"
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'unsafe-inline' {CDN}",
        f"style-src 'unsafe-inline' {CDN} https://fonts.googleapis.com",
        "font-src https://fonts.gstatic.com",
        "img-src 'self' data: https://fastapi.tiangolo.com https://cdn.redoc.ly",
        "connect-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
PAGES = ("/docs", "/redoc")


class SecurityHeaders:
    """Adds the headers to every response. A header that a route has set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = PAGE_POLICY if scope["path"] in PAGES else DATA_POLICY

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**HEADERS, "Content-Security-Policy": policy}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)
