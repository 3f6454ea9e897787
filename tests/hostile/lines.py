"""A center at the other end of a socket whose answers break off, in one thread for as long as the test lasts."""

import socket
import threading
from collections.abc import Callable

Answer = Callable[[bytes], tuple[bytes, int]]  # request body → the body it should be, and how many bytes of it come


class BreakingLine:
    """Tells the length of the whole body and closes after so many bytes; or tells the shorter length (`honest`)."""

    def __init__(self, answer: Answer, *, honest: bool) -> None:
        self._answer, self._honest = answer, honest
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                body, length = self._answer(_request_body(line))
                told = length if self._honest else len(body)
                head = f"HTTP/1.1 201 Created\r\nContent-Length: {told}\r\nConnection: close\r\n\r\n"
                line.sendall(head.encode() + body[:length])

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)


def _request_body(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(line)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += _more(line)
    return body


def _more(line: socket.socket) -> bytes:
    data = line.recv(65536)
    if not data:
        raise ConnectionError("the other end is gone before it had said all")
    return data
