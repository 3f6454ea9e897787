"""The virtual A4 printer's network port: IPP inside HTTP/1.1, whole or in chunks."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast


class TwinPort(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, number: int, hear: "Callable[[TwinPort, bytes], bytes | None]") -> None:
        """`number` 0 takes a free one. `hear` gives the answer; None: nothing is said, the connection ends."""
        self.hear, self.unplugged = hear, False
        super().__init__(("127.0.0.1", number), _Conversation)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who asks may go before the answer comes."""


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # CUPS waits for 100 Continue and sends in chunks

    def do_POST(self) -> None:
        server = cast(TwinPort, self.server)
        answer = server.hear(server, self._body())
        if answer is None:
            self.close_connection = True
            self.wfile.write(b"" if server.unplugged else b"\x1b%-12345X@PJL INFO STATUS\r\n")
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/ipp")
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer)

    def _body(self) -> bytes:
        """In one piece with its length told, or in chunks."""
        size = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(size) if size.isdecimal() else 0)
        body = b""
        while length := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(length)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def log_message(self, format: str, *args: object) -> None:
        """A printer keeps no log here."""
