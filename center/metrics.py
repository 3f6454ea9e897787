"""What a worker counts for Prometheus: requests by route, status and time, envelopes by what became of them."""

from collections.abc import Callable
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # s
_ENVELOPES = "/v1/envelopes/{envelope_id}"
_OUTCOMES = {201: "taken", 200: "repeated", 409: "conflict", 422: "refused", 424: "waiting"}


class Metrics:
    """One a process; where PROMETHEUS_MULTIPROC_DIR is set the workers' numbers are added up from its files."""

    def __init__(self, connections: Callable[[], int]) -> None:
        """`connections`: how many the pool has given out."""
        self.registry, self._connections = CollectorRegistry(), connections
        self.requests = Counter(
            "oue_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "oue_request_seconds", "From the headers to the answer", ["route"], buckets=_BUCKETS, registry=self.registry
        )
        self.envelopes = Counter("oue_envelopes", "What became of envelopes", ["outcome"], registry=self.registry)
        self.turned_away = Counter("oue_turned_away", "Told to come back later", ["reason"], registry=self.registry)
        self.inside = Gauge(
            "oue_requests_inside", "Requests being worked on", multiprocess_mode="livesum", registry=self.registry
        )
        self.connections = Gauge(
            "oue_database_connections",
            "Connections of the pool in use",
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        for outcome in _OUTCOMES.values():
            self.envelopes.labels(outcome)  # a rate needs the 0 before the first one

    def turn_away(self, reason: str) -> None:
        self.turned_away.labels(reason).inc()

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        self.requests.labels(method, route, str(status)).inc()
        self.connections.set(self._connections())
        self.seconds.labels(route).observe(seconds)
        outcome = _OUTCOMES.get(status) if route == _ENVELOPES else None
        if outcome is not None:
            self.envelopes.labels(outcome).inc()


class Counting:
    """ASGI middleware: counts each request under its route's template, never under the address that was asked."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._metrics.inside.inc()
        try:
            await self._app(scope, receive, noted)
        finally:
            self._metrics.inside.dec()
            route = str(getattr(scope.get("route"), "path", "none"))
            self._metrics.count(scope["method"], route, status, perf_counter() - began)
