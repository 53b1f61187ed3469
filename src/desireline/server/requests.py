"""Around each request: a number by which it can be found again, one line in the log, and an answer whatever happens.

The line tells method, route, status and time. It names no member and no address, and never holds what came with the
request: a route's pattern stands in it, not the path, since secrets and ids may be in paths.
"""

from __future__ import annotations

import logging
import time
from secrets import token_hex

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desireline.server.metrics import Metrics
from desireline.server.problems import problem, problem_of

HEADER = "X-Request-Id"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
log = logging.getLogger("desireline.requests")


class Requests:
    """Counts and logs each request; a fault of this program is logged whole and answered in a sentence."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, begun, status = token_hex(8), time.perf_counter(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception as fault:
            log.error("failed", exc_info=fault, extra={"request": number, "route": route_of(scope)})
            if status:
                raise
            await problem(500, "internal", f"{problem_of(fault).says} (request {number})")(scope, receive, sent)
        finally:
            self._note(scope, number, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, number: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = route_of(scope)
        self.metrics.answered(method, route, status, seconds=seconds)
        about = {"request": number, "method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("answered", extra=about)


def route_of(scope: Scope) -> str:
    """The pattern of the route that answers; "pages" for what is not the API's."""
    return str(getattr(scope.get("route"), "path", "") or "none") if scope["path"].startswith(OURS) else "pages"


OURS = ("/api/", "/healthz", "/readyz", "/metrics")
