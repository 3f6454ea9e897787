"""Virtual readers behind two kinds of wire, for the same tests over both."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.idcard.twin import IdCardTwin
from devices.pty_port import OnBytes, PtyPort


class TcpLine:
    """A reader behind a serial server: one client at a time on a loopback socket."""

    def __init__(self, _: Path, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.address = ""

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", int(self.address.rpartition(":")[2] or 0)))
        self.address = f"socket://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, args=(self._listener,), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        listener, self._listener = self._listener, None
        if listener is None or self._thread is None:
            return
        for end in (self._client, listener):
            with contextlib.suppress(OSError):
                if end is not None:
                    end.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        listener.close()

    def write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            if self._client is not None:
                self._client.sendall(data)

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while self._listener is listener:
                self._client, _ = listener.accept()
                with self._client, contextlib.suppress(OSError):
                    while self._listener is listener and (data := self._client.recv(4096)):
                        self._on_bytes(data)


WIRES = {"pty": PtyPort, "socket": TcpLine}


@contextmanager
def virtual_reader(folder: Path, wire: str = "pty") -> Iterator[IdCardTwin]:
    twin = IdCardTwin(SystemClock(), WIRES[wire])
    twin.start(folder)
    try:
        yield twin
    finally:
        twin.stop()
