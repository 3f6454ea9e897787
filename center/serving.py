"""The center as a process, or several: bind first, open what is needed, then say where it is ready."""

import errno
import os
import signal
import socket
import sys
import tempfile
from types import FrameType

import uvicorn

from center.app import app_of
from center.clock import SystemClock
from center.errors import CenterUnusable
from center.journal import Event, log
from center.metrics_server import FOLDER, metrics_served
from center.services import Center, open_center
from center.settings import CenterSettings
from center.supervision import log_to_stderr, supervise, uvicorn_config

_LOOPBACK = "127.0.0.1"


class _Server(uvicorn.Server):
    """Says when it answers, which is what scripts wait for."""

    def __init__(self, config: uvicorn.Config, center: Center, address: str) -> None:
        super().__init__(config)
        self._center, self._address = center, address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _say_ready(self._center, self._address)


def _say_ready(center: Center, address: str) -> None:
    log(Event.CENTER_READY, url=address, epoch=center.epoch)
    print(f"center ready on {address}", flush=True)  # noqa: T201 - what scripts wait for


def run_center(settings: CenterSettings, host: str, port: int) -> None:
    """Until SIGINT or SIGTERM. Raises CenterUnusable."""
    log_to_stderr()
    with _listen(host, port) as listening:
        address = _address(listening, host)
        center = open_center(settings, SystemClock())  # the database is brought up to date before a worker starts
        try:
            serve = _serve_alone if settings.workers == 1 else _serve_together
            serve(center, listening, address)
        finally:
            center.close()
            log(Event.CENTER_STOPPED, url=address)


def _serve_alone(center: Center, listening: socket.socket, address: str) -> None:
    app = app_of(center, center.settings.public_url or address)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _leave)  # uvicorn ends gracefully, then raises the signal again
    with metrics_served(center, center.settings.metrics, app.state.metrics.registry) as metrics:
        _say_metrics(metrics)
        _Server(uvicorn_config(app), center, address).run(sockets=[listening])


def _serve_together(center: Center, listening: socket.socket, address: str) -> None:
    with tempfile.TemporaryDirectory(prefix="center-metrics-") as folder:
        os.environ[FOLDER] = folder  # the workers inherit it
        with metrics_served(center, center.settings.metrics, None) as metrics:
            _say_metrics(metrics)
            supervise(center.settings, listening, address, lambda: _say_ready(center, address))


def _say_metrics(url: str) -> None:
    if url:
        log(Event.METRICS_READY, metrics_url=url)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Being told to stop is no failure."""
    sys.exit(0)


def _listen(host: str, port: int) -> socket.socket:
    """Raises CenterUnusable."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio looks at the protocol: no Nagle
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "the port is in use" if taken else error.strerror or str(error)
        raise CenterUnusable(f"cannot listen on {host}:{port}: {reason}; choose another with --host, --port") from error
    return listening


def _address(listening: socket.socket, host: str) -> str:
    port = listening.getsockname()[1]
    named = _LOOPBACK if host in ("0.0.0.0", "") else f"[{host}]" if ":" in host else host  # noqa: S104 - compared, not bound
    return f"http://{named}:{port}"
