"""The network as the terminal uses it: an answer has a time limit as a whole, however steadily its bytes trickle in,
and a size; nothing is unpacked, so that what came is all there is."""

import ssl

import httpcore
import httpx

from devices.clock import Clock

LEAST_RATE = 1024  # bytes a second that lengthen the time of an answer: slow lines are waited for, trickles are not
LONGEST_ANSWER = 900.0  # s; nothing is waited for any longer, at whatever rate it comes
LARGEST_ANSWER = 2 << 20  # bytes of a body; a package has files of a megabyte and a list of them that is smaller
LARGEST_DOCUMENT = 16 << 20  # bytes of a PDF
MOST_BYTES = "most_bytes"  # extension of a request whose answer may be larger than LARGEST_ANSWER
_PLAIN = ("", "identity")
_LINE_LIMIT = LARGEST_DOCUMENT + (1 << 20)  # bytes with all heads, of whatever answer


def prompt_client(
    clock: Clock, timeout: float, base_url: str = "", transport: httpx.BaseTransport | None = None
) -> httpx.Client:
    """`timeout`: s for connecting, for each part sent, and for the whole of an answer. No proxy, no redirection."""
    return httpx.Client(
        base_url=base_url,
        headers={"Accept-Encoding": "identity"},
        timeout=timeout,
        trust_env=False,
        follow_redirects=False,
        transport=transport or PromptTransport(clock),
    )


class PromptTransport(httpx.BaseTransport):
    """httpx's own but for the limits; the body of an answer is there when it is handed over. For any thread."""

    def __init__(self, clock: Clock) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            keepalive_expiry=5.0,
            network_backend=_Network(clock),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's errors: those of httpcore bear the same names. DecodingError: nobody asked for it packed."""
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
                packed = httpx.Headers(answer.headers).get("Content-Encoding", "").lower()
                if packed not in _PLAIN:
                    raise httpx.DecodingError("the answer is packed", request=request)
                body = _body(answer, request.extensions.get(MOST_BYTES, LARGEST_ANSWER))
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


def _body(answer: httpcore.Response, most: int) -> bytes:
    """Raises httpcore.ReadError as soon as more than that came."""
    body = bytearray()
    for part in answer.iter_stream():
        body += part
        if len(body) > most:
            raise httpcore.ReadError("the answer does not end")
    return bytes(body)


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
        self._until = self._longest = 0.0  # s, monotonic
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
            self._longest = now + max(timeout, LONGEST_ANSWER)
        left = min(self._until + self._came / LEAST_RATE, self._longest) - now
        if left <= 0:
            raise httpcore.ReadTimeout("the answer trickles")
        data = self._line.read(max_bytes, min(timeout, left))
        self._came += len(data)
        if self._came > _LINE_LIMIT:
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
