"""The network as the terminal uses it: an answer has a time limit as a whole, however steadily its bytes trickle in."""

import ssl

import httpcore
import httpx

from devices.clock import Clock

LEAST_RATE = 1024  # bytes a second that lengthen the time of an answer: slow lines are waited for, trickles are not
LARGEST_ANSWER = 64 << 20  # bytes; the largest that a center sends is a document or a file of a package


class PromptTransport(httpx.BaseTransport):
    """httpx's own but for the limits; the body of an answer is there when it is handed over. For any thread."""

    def __init__(self, clock: Clock) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            keepalive_expiry=5.0,
            network_backend=_Network(clock),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's errors: those of httpcore bear the same names."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(asked)
            try:
                body = answer.read()
            finally:
                answer.close()
        except (
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
        ) as error:
            raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error
        return httpx.Response(answer.status, headers=answer.headers, content=body)

    def close(self) -> None:
        self._pool.close()


class _Network(httpcore.NetworkBackend):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: object = None,  # noqa: ARG002 - none are given
    ) -> httpcore.NetworkStream:
        return _Line(self._sockets.connect_tcp(host, port, timeout, local_address), self._clock)


class _Line(httpcore.NetworkStream):
    """Time and size of an answer count from the first look for it after something was sent."""

    def __init__(self, line: httpcore.NetworkStream, clock: Clock) -> None:
        self._line, self._clock = line, clock
        self._asked = True
        self._until = 0.0  # s, monotonic
        self._came = 0  # bytes

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._asked = True
        self._line.write(buffer, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if timeout is None:
            return self._line.read(max_bytes)
        now = self._clock.monotonic()
        if self._asked:
            self._asked, self._came, self._until = False, 0, now + timeout
        left = self._until + self._came / LEAST_RATE - now
        if left <= 0:
            raise httpcore.ReadTimeout("the answer trickles")
        data = self._line.read(max_bytes, min(timeout, left))
        self._came += len(data)
        if self._came > LARGEST_ANSWER:
            raise httpcore.ReadError("the answer does not end")
        return data

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Line(self._line.start_tls(ssl_context, server_hostname, timeout), self._clock)

    def get_extra_info(self, info: str) -> object:
        return self._line.get_extra_info(info)
