"""A network that loses, doubles, delays and answers for others, as its seed says; behind it the center's real HTTP."""

import asyncio
import random  # noqa: TID251 - the seed is the point of it
from dataclasses import dataclass, field

import httpx
from fastapi import FastAPI

PORTAL = b"<html>Please log in to the guest network</html>"


def ask(loop: asyncio.AbstractEventLoop, app: FastAPI, request: httpx.Request) -> httpx.Response:
    """The app's answer, without a socket between."""
    body, answer = request.read(), {"status": 0, "headers": [], "body": b""}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "server": ("center", 80),
        "client": ("terminal", 1),
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            answer.update(status=message["status"], headers=message["headers"])
        else:
            answer["body"] += message.get("body", b"")

    loop.run_until_complete(app(scope, receive, send))
    return httpx.Response(answer["status"], headers=answer["headers"], content=answer["body"], request=request)


@dataclass
class Trouble:
    """How likely each is, for one request."""

    lost: float = 0.0
    answer_lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0  # a copy comes once more, some requests later
    portal: float = 0.0
    overloaded: float = 0.0


@dataclass
class Network(httpx.BaseTransport):
    """Shared by all terminals. `served` counts what reached the center."""

    loop: asyncio.AbstractEventLoop
    chance: random.Random
    trouble: Trouble
    app: FastAPI | None = None
    cut: set[str] = field(default_factory=set)  # terminals that are cut off
    held: list[httpx.Request] = field(default_factory=list)
    served: int = 0

    def for_terminal(self, name: str) -> "Cable":
        return Cable(self, name)

    def carry(self, name: str, request: httpx.Request) -> httpx.Response:
        fate, trouble = self.chance.random(), self.trouble
        if name in self.cut or fate < trouble.lost:
            raise httpx.ConnectError("lost", request=request)
        if fate < trouble.lost + trouble.portal:
            return httpx.Response(200, content=PORTAL, request=request)
        if fate < trouble.lost + trouble.portal + trouble.overloaded:
            return httpx.Response(503, headers={"Retry-After": "3"}, content=b"busy", request=request)
        self._let_late_ones_through()
        answer = self._serve(request)
        if self.chance.random() < trouble.doubled:
            answer = self._serve(request)
        if self.chance.random() < trouble.late:
            self.held.append(request)
        if self.chance.random() < trouble.answer_lost:
            raise httpx.ReadTimeout("no answer", request=request)
        return answer

    def _serve(self, request: httpx.Request) -> httpx.Response:
        if self.app is None:
            raise httpx.ConnectError("the center is down", request=request)
        self.served += 1
        return ask(self.loop, self.app, request)

    def _let_late_ones_through(self) -> None:
        while self.held and self.chance.random() < 0.5:
            late = self.held.pop(self.chance.randrange(len(self.held)))
            if self.app is not None:
                ask(self.loop, self.app, late)


class Cable(httpx.BaseTransport):
    def __init__(self, network: Network, name: str) -> None:
        self._network, self._name = network, name

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._network.carry(self._name, request)
