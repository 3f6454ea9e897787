"""Who is let in: a worker works on so many requests at once, each terminal on its few; the others come back later.

Decided by the headers alone, before a body is read. What was let in is never dropped; health always answers.
"""

import math
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from center.problem_details import problem
from flows.api import ProblemDetails

_ALWAYS = frozenset({"/v1/health", "/v1/ready"})
_ENVELOPES = "/v1/envelopes/"
_RESERVED = 4  # one place in four is for envelopes only: a storm of attachments must not keep receipts away
_WORTH_DRAINING = 64 * 1024  # bytes; a longer body is left unread by closing the connection
_WINDOW, _LONGEST = 10.0, 60.0  # s
Reason = Literal["busy", "terminalBusy", "databaseSlow"]
_TITLES: dict[Reason, str] = {
    "busy": "The center has its hands full",
    "terminalBusy": "This terminal already has enough under way",
    "databaseSlow": "The database is slow",
}


@dataclass(frozen=True)
class Limits:
    """`places` requests a worker works on at once, `places_each` of one terminal; in seconds, how long the oldest
    request whose body has come may be worked on (`longest_wait`), and the oldest transaction (`slow_after`).
    """

    places: int
    places_each: int
    longest_wait: float
    slow_after: float


class Tide:
    """How long those turned away should wait, so that they come back at the rate they can be served."""

    def __init__(self, monotonic: Callable[[], float], chance: SystemRandom, slowest: float) -> None:
        """`slowest`: requests a second it is believed to serve at least, for nobody knows in the first seconds."""
        self._monotonic, self._chance, self._slowest = monotonic, chance, slowest
        self._refused: deque[float] = deque()
        self._served: deque[float] = deque()

    def now(self) -> float:
        return self._monotonic()

    def served(self) -> None:
        self._note(self._served)

    def retry_after(self) -> int:
        """Seconds, different for each: ten thousand told the same would come at once again."""
        self._note(self._refused)
        rate = max(self._slowest, len(self._served) / _WINDOW)
        return math.ceil(self._chance.uniform(0.5, 1 + min(_LONGEST, len(self._refused) / rate)))

    def _note(self, times: deque[float]) -> None:
        now = self._monotonic()
        times.append(now)
        for kept in (self._refused, self._served):
            while kept and kept[0] < now - _WINDOW:
                kept.popleft()


class Admission:
    """ASGI middleware. `database_waits` tells how long the oldest transaction has been under way (s)."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: Limits,
        tide: Tide,
        database_waits: Callable[[], float],
        turned_away: Callable[[Reason], None],
    ) -> None:
        self._app, self._limits, self._tide = app, limits, tide
        self._database_waits, self._turned_away = database_waits, turned_away
        self._inside: Counter[tuple[str, bytes]] = Counter()
        self._worked_on: dict[int, float] = {}  # since when, oldest first; a body that is still coming is no work yet
        self._number = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS:
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        who = ((scope.get("client") or ("",))[0], headers.get(b"oeb-terminal", b""))
        reason = self._reason(who, scope["path"])
        if reason is not None:
            await self._turn_away(reason, headers, scope, receive, send)
            return
        self._number += 1
        number = self._number
        self._inside[who] += 1
        try:
            await self._app(scope, self._noted(number, receive), send)
        finally:
            self._worked_on.pop(number, None)
            self._inside[who] -= 1
            if not self._inside[who]:
                del self._inside[who]
            self._tide.served()

    def _noted(self, number: int, receive: Receive) -> Receive:
        async def heard() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body", False):
                self._worked_on.setdefault(number, self._tide.now())
            return message

        return heard

    def _longest_wait(self) -> float:
        """Seconds. Those let in are worked on in turn, so that this is about what one let in now would wait."""
        return self._tide.now() - next(iter(self._worked_on.values()), self._tide.now())

    def _reason(self, who: tuple[str, bytes], path: str) -> Reason | None:
        """None: come in. The terminal's id is not proven yet, so it counts together with the address it came from."""
        limits, taken = self._limits, self._inside.total()
        open_to_all = limits.places - limits.places // _RESERVED
        if taken >= (limits.places if path.startswith(_ENVELOPES) else open_to_all):
            return "busy"
        if who[1] and self._inside[who] >= limits.places_each:
            return "terminalBusy"
        if self._database_waits() > limits.slow_after:
            return "databaseSlow"
        return "busy" if self._longest_wait() > limits.longest_wait else None

    async def _turn_away(
        self, reason: Reason, headers: dict[bytes, bytes], scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._turned_away(reason)
        status = 503 if reason == "databaseSlow" else 429
        answer = problem(ProblemDetails(title=_TITLES[reason], status=status, code=reason, action="retry"))
        answer.headers["Retry-After"] = str(self._tide.retry_after())
        told = headers.get(b"content-length", b"")
        if (told.isdigit() and int(told) > _WORTH_DRAINING) or b"transfer-encoding" in headers:
            answer.headers["Connection"] = "close"
        await answer(scope, receive, send)
