"""Several workers on one socket: uvicorn's own supervisor, which starts them anew when they die."""

import logging
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import parent_process
from threading import Thread

import uvicorn
from fastapi import FastAPI
from prometheus_client.multiprocess import mark_process_dead
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from center.clock import SystemClock
from center.errors import CenterUnusable
from center.settings import CenterSettings

_BACKLOG = 4096  # connections that wait for a worker: after a power cut a province comes at once
_PATIENCE = 60.0  # s until a worker answers; on a loaded machine Python alone takes some


def supervise(settings: CenterSettings, listening: socket.socket, address: str, ready: Callable[[], None]) -> None:
    """Until SIGINT or SIGTERM. Raises CenterUnusable when the workers do not start."""
    config = uvicorn_config(partial(_worker, settings, address), settings.workers)
    supervisor = _Supervisor(config, [listening], ready)
    supervisor.run()
    if not supervisor.was_ready:
        raise CenterUnusable("a worker did not start; the lines above say why")


def uvicorn_config(app: ASGIApp | Callable[[], ASGIApp], workers: int = 1) -> uvicorn.Config:
    """`app`: of this process, or for several `workers` what makes it in each."""
    return uvicorn.Config(
        app,
        factory=workers > 1,
        workers=workers,
        log_config=None,
        access_log=False,  # it would name cases and codes in its addresses; the journal names what matters
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=10,
    )


def log_to_stderr() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("center").setLevel(logging.INFO)


class _Supervisor(Multiprocess):
    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._ready, self.was_ready = ready, False

    def init_processes(self) -> None:
        super().init_processes()
        self.was_ready = all(worker.wait_until_ready(_PATIENCE, self.should_exit) for worker in self.processes)
        if self.was_ready:
            self._ready()
        else:
            self.should_exit.set()

    def keep_subprocess_alive(self) -> None:
        """What a dead worker had under way is not under way any more."""
        before = {worker.pid for worker in self.processes}
        super().keep_subprocess_alive()
        for pid in before - {worker.pid for worker in self.processes}:
            mark_process_dead(pid)  # type: ignore[no-untyped-call]


def _worker(settings: CenterSettings, address: str) -> FastAPI:
    """In the worker's own process."""
    from center.app import app_of
    from center.services import open_center

    log_to_stderr()
    Thread(target=_leave_with_parent, daemon=True).start()
    try:
        return app_of(open_center(settings, SystemClock()), settings.public_url or address)
    except CenterUnusable as error:
        logging.getLogger("center").error("%s", error)
        sys.exit(1)


def _leave_with_parent() -> None:
    """A supervisor that was killed must not leave workers behind that hold its port."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
