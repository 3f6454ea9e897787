"""The center as a process: bind first, open what is needed, then say where it is ready."""

import errno
import logging
import signal
import socket
import sys
from types import FrameType

import uvicorn

from center.app import app_of
from center.clock import SystemClock
from center.errors import CenterUnusable
from center.journal import Event, log
from center.services import open_center
from center.settings import CenterSettings

_LOOPBACK = "127.0.0.1"


class _Server(uvicorn.Server):
    """Says when it answers, which is what scripts wait for."""

    def __init__(self, config: uvicorn.Config, address: str, epoch: str) -> None:
        super().__init__(config)
        self._address, self._epoch = address, epoch

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            log(Event.CENTER_READY, url=self._address, epoch=self._epoch)
            print(f"center ready on {self._address}", flush=True)  # noqa: T201 - what scripts wait for


def run_center(settings: CenterSettings, host: str, port: int) -> None:
    """Until SIGINT or SIGTERM. Raises CenterUnusable."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("center").setLevel(logging.INFO)
    with _listen(host, port) as listening:
        _serve(settings, listening, host)


def _serve(settings: CenterSettings, listening: socket.socket, host: str) -> None:
    address = _address(listening, host)
    center = open_center(settings, SystemClock())
    app = app_of(center, settings.public_url or address)
    # The access log would name cases and codes in its addresses; the journal names what matters.
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=10)
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _leave)  # uvicorn ends gracefully, then raises the signal again
    try:
        _Server(config, address, center.epoch).run(sockets=[listening])
    finally:
        log(Event.CENTER_STOPPED, url=address)


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
