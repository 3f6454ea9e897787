"""A network that loses, doubles, delays and answers for others, as its seed says; behind it the center's real HTTP."""

import asyncio
import random  # noqa: TID251 - the seed is the point of it
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime

import httpx
from fastapi import FastAPI

from tests.simulation.clocks import Clock

PORTAL = b"<html>Please log in to the guest network</html>"
_ACCEPTED = (200, 201)


class Server:
    """One task for all requests of a process, so that the app's threads are kept from one to the next."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: asyncio.Queue = asyncio.Queue()
        self._task = loop.create_task(self._serve())

    async def _serve(self) -> None:
        while True:
            asked, done = await self._waiting.get()
            try:
                await asked()
            except Exception as error:  # noqa: BLE001 - of the app; it is the caller's to see
                done.set_exception(error)
            else:
                done.set_result(None)

    def ask(self, app: FastAPI, request: httpx.Request) -> httpx.Response:
        """The app's answer, without a socket between."""
        body, answer, done = request.read(), {"status": 0, "headers": [], "body": b""}, self._loop.create_future()

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            if message["type"] == "http.response.start":
                answer.update(status=message["status"], headers=message["headers"])
            else:
                answer["body"] += message.get("body", b"")

        self._waiting.put_nowait((lambda: app(_scope(request), receive, send), done))
        self._loop.run_until_complete(done)
        return httpx.Response(answer["status"], headers=answer["headers"], content=answer["body"], request=request)

    def close(self) -> None:
        self._task.cancel()
        self._loop.run_until_complete(asyncio.gather(self._task, return_exceptions=True))


def _scope(request: httpx.Request) -> dict[str, object]:
    return {
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
class Network:
    """Shared by all terminals. `served` counts what reached the center; `acknowledged` are the envelopes it took."""

    server: Server
    chance: random.Random
    trouble: Trouble
    clock: Clock
    note: Callable[[str], None]
    app: FastAPI | None = None
    cut: set[str] = field(default_factory=set)  # terminals that are cut off
    held: list[httpx.Request] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    served: int = 0

    def for_terminal(self, name: str) -> "Cable":
        return Cable(self, name)

    def carry(self, name: str, request: httpx.Request) -> httpx.Response:
        what = f"{name} {request.method} {request.url.path.split('/')[2]}"
        try:
            answer = self._carried(name, request)
        except httpx.TransportError as error:
            self.note(f"{what} {error}")
            raise
        self.note(f"{what} {answer.status_code}")
        return answer

    def _carried(self, name: str, request: httpx.Request) -> httpx.Response:
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
        answer = self.server.ask(self.app, request)
        answer.headers["Date"] = format_datetime(self.clock.now(), usegmt=True)  # as uvicorn does
        if answer.status_code in _ACCEPTED and request.url.path.startswith("/v1/envelopes"):
            told = answer.json()
            self.acknowledged.update(receipt["envelope_id"] for receipt in told.get("receipts", [told]))
        return answer

    def _let_late_ones_through(self) -> None:
        while self.held and self.chance.random() < 0.5:
            late = self.held.pop(self.chance.randrange(len(self.held)))
            if self.app is not None:
                self._serve(late)


class Cable(httpx.BaseTransport):
    def __init__(self, network: Network, name: str) -> None:
        self._network, self._name = network, name

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._network.carry(self._name, request)
