"""One MJPEG stream over HTTP on the loopback, as a network camera serves it: the twin's wire."""

import contextlib
import itertools
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from devices.clock import Clock

RATE = 25  # frames a second
PATIENCE = 2.0  # s; a client that reads nothing for so long is dropped
SEND_BUFFER = 65536  # bytes; about one frame, so that a slow client does not see the past

Part = Callable[[int], "bytes | None"]


def part_of(content: bytes, told: int | None = None) -> bytes:
    """A picture as it goes over the wire; `told` is a length that is not true."""
    length = len(content) if told is None else told
    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + content + b"\r\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close joins them

    def __init__(self, path: str, part: Part, clock: Clock) -> None:
        self.path = path
        self.part = part
        self.clock = clock
        self.gone = threading.Event()
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Viewer)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in mid-frame is no error of the twin's."""


class _Viewer(BaseHTTPRequestHandler):
    server: _Server
    timeout = PATIENCE

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the twin keeps no log of its viewers."""

    def do_GET(self) -> None:
        if self.path != self.server.path:
            self.send_error(404)
            return
        self.server.connections.add(self.connection)
        try:
            self._stream()
        except OSError:
            self.close_connection = True
        finally:
            self.server.connections.discard(self.connection)

    def _stream(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        monotonic = self.server.clock.monotonic
        began = monotonic()
        for number in itertools.count():
            if self.server.gone.is_set():
                return
            part = self.server.part(number)
            if part is not None:
                self.wfile.write(part)
            self.server.gone.wait(max(0.0, began + (number + 1) / RATE - monotonic()))


class MjpegStream:
    """`part(n)` gives the n-th part of a stream, or None to send nothing for one beat (a silent camera)."""

    def __init__(self, path: str, part: Part, clock: Clock) -> None:
        self._server = _Server(path, part, clock)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{path}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name=path, daemon=True)
        self._thread.start()

    @property
    def viewers(self) -> int:
        """Connections that are being sent frames."""
        return len(self._server.connections)

    def close(self) -> None:
        """Pulls the cable: closes the listener and every connection; later connections are refused."""
        self._server.gone.set()
        self._server.shutdown()
        for connection in tuple(self._server.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()
