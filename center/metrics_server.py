"""/metrics on a port of its own, which terminals do not reach: one answer for all workers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from center.errors import CenterUnusable
from center.services import Center
from center.state_metrics import CenterState

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where workers leave their numbers; the library's name


@contextmanager
def metrics_served(center: Center, address: str, registry: CollectorRegistry | None) -> Iterator[str]:
    """Its URL, for as long as the block runs; empty where `address` (`host:port`) is empty. Raises CenterUnusable.

    `registry`: of the only worker; None where several leave theirs in the folder.
    """
    if not address:
        yield ""
        return
    if registry is None:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, os.environ[FOLDER])  # type: ignore[no-untyped-call]
    registry.register(CenterState(center))
    host, _, port = address.rpartition(":")
    try:
        server, thread = start_http_server(int(port), host.strip("[]"), registry)
    except OSError as error:
        reason = error.strerror or error
        raise CenterUnusable(f"metrics: cannot listen on {address}: {reason}; choose another with --metrics") from error
    try:
        yield f"http://{host}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
