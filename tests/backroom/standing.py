"""A terminal with cases in its outbox and a line to the center that the test holds in its hands."""

import random  # noqa: TID251 - the seed is the picture
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from devices.clock import SystemClock
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.outbox import Outbox
from kiosk.identity import load_identity
from kiosk.messages.from_backroom import Committed
from kiosk.messages.to_backroom import Attach
from tests.backroom.running import make_case, told


@dataclass
class WrongClock:
    """The machine's clock, `off` from the true time; nothing here really waits."""

    off: timedelta = timedelta()
    slept: float = 0.0

    def monotonic(self):
        return SystemClock().monotonic() + self.slept

    def now(self):
        return SystemClock().now() + self.off

    def sleep(self, seconds):
        self.slept += seconds


@dataclass
class Line(httpx.BaseTransport):
    """Counts what is sent; `breaks(request)` says whether the line breaks before the answer."""

    breaks: object = lambda _request: False
    sent: list[tuple[str, str, int]] = field(default_factory=list)  # method, path, bytes
    wire: httpx.HTTPTransport = field(default_factory=httpx.HTTPTransport)
    instead: httpx.Response | None = None  # what everything is answered with

    def close(self):
        self.wire.close()

    def handle_request(self, request):
        self.sent.append((request.method, request.url.path, len(request.read())))
        if self.breaks(request):
            raise httpx.ReadError("broken", request=request)
        return self.instead or self.wire.handle_request(request)

    def requests(self, method, part):
        return [size for how, path, size in self.sent if how == method and part in path]


class Standing:
    """An enrolled terminal without its program: outbox, clerk and link in this process."""

    def __init__(self, folder, url, clock=None, **link):
        self.clock, self.folder = clock or SystemClock(), folder
        self.identity = load_identity(folder)
        self.outbox = Outbox(folder, self.clock, lambda _: None, patience=0.0)
        self.line = Line()
        self.link = CenterLink(url, self.identity, self.clock, 5.0, self.line, **link)
        self.clerk = Clerk(self.outbox, self.identity, self.link.time, folder, 1)
        self.open = True

    def takes(self, *pictures, instant=False):
        """The case, on disk."""
        attachments = []
        for number, picture in enumerate(pictures, 1):
            self.clerk.attach(Attach(request="a", name=f"material-{number}", media_type="image/jpeg"), picture)
            attachments.append(told(f"material-{number}", picture))
        case = make_case(self.identity.terminal_id, tuple(attachments), instant=instant)
        answer, _ = self.clerk.submit_case("s", self.link.time.redated(case.model_dump(mode="json")))
        assert isinstance(answer, Committed), answer
        return case

    def state(self, case):
        return self.outbox.entry(case.case_id).state

    def close(self):
        if not self.open:
            return
        self.open = False
        self.link.close()
        self.outbox.close()


def picture(size):
    return random.Random(size).randbytes(size)
