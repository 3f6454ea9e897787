"""One IPP question to a printer or to CUPS over HTTP: the answer within the time limit, or a named error."""

import contextlib
import http.client
import socket
import ssl
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from devices.clock import Clock
from devices.device import Action, CommandCancelled, DeviceError, DeviceLost, DeviceTimeout, ProtocolError
from devices.printer.ipp_message import Attribute, Group, IppDamaged, Kind, Message, attribute, decode, encode

ANSWER_LIMIT = 3.0  # s for a question; CUPS answers within some ms, a printer in the network within half a second
SEND_LIMIT = 30.0  # s for a document to be taken
MOST_BYTES = 4_000_000  # of an answer; a long job list has some 100 kB
PIECE = 65536
OK_BELOW = 0x0100  # status codes up to here mean success (RFC 8011, B.1.2)
PORTS = {"ipp": 631, "ipps": 631, "http": 80, "https": 443}
OPERATIONS = {
    "Print-Job": 0x0002,
    "Validate-Job": 0x0004,
    "Cancel-Job": 0x0008,
    "Get-Job-Attributes": 0x0009,
    "Get-Jobs": 0x000A,
    "Get-Printer-Attributes": 0x000B,
}
NOT_FOUND = 0x0406
BUSY = frozenset({0x0502, 0x0504, 0x0506, 0x0507, 0x0509})  # no service, device error, not accepting, busy


class IppRefused(DeviceError):
    """The printer understood and does not do it."""

    def __init__(self, message: str, status: int) -> None:
        action = Action.RETRY if status in BUSY else Action.CONFIGURE
        super().__init__(message, code="deviceNotReady" if status in BUSY else "invalidData", action=action)
        self.status = status


class IppWire:
    """`address`: an ipp, ipps, http or https URL, or a file ending in .url that holds one; read for each question."""

    def __init__(self, address: str, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._number = 0
        self._socket: socket.socket | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """Ends the question under way; from any thread."""
        self._cancelled = True
        under_way = self._socket
        if under_way is not None:
            with contextlib.suppress(OSError):
                under_way.shutdown(socket.SHUT_RDWR)

    def ask(
        self,
        operation: str,
        *more: Attribute,
        job: list[Attribute] | None = None,
        document: bytes = b"",
        limit: float = ANSWER_LIMIT,
    ) -> Message:
        """Raises DeviceLost, DeviceTimeout, ProtocolError, IppRefused, CommandCancelled."""
        url = self._url()
        self._number = self._number % 0x7FFFFFFF + 1
        printer = attribute("printer-uri", Kind.URI, _printer_uri(url))
        groups = [(Group.OPERATION, [*_LANGUAGE, printer, *more])]
        if job:
            groups.append((Group.JOB, job))
        body = encode(OPERATIONS[operation], self._number, groups, document)
        self._cancelled = False
        answer = self._understood(url, self._exchange(url, body, limit))
        if answer.code >= OK_BELOW or answer.code < 0:
            raise IppRefused(f"{_place(url)} refuses {operation}{_words(answer)}", answer.code & 0xFFFF)
        return answer

    def _url(self) -> SplitResult:
        text = self._address
        if text.endswith(".url"):
            try:
                text = Path(text).read_text("utf-8").strip()
            except (OSError, UnicodeError) as error:
                raise DeviceLost(f"{self._address}: no printer has told its address there; switch it on") from error
        url = checked_url(text)
        if url is None:
            raise DeviceError(f"{self._address}: no printer address; wanted ipp://host/path", action=Action.CONFIGURE)
        return url

    def _exchange(self, url: SplitResult, body: bytes, limit: float) -> bytes:
        place, until = _place(url), self._clock.monotonic() + limit
        connection = _connection(url, limit)
        try:
            connection.connect()
            self._socket = connection.sock
            connection.request("POST", url.path or "/", body, {"Content-Type": "application/ipp"})
            return self._answered(connection, until, place)
        except TimeoutError as error:
            raise DeviceTimeout(f"{place} does not answer; look whether the printer is on and reachable") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            if self._cancelled:
                raise CommandCancelled(f"{place}: cancelled") from error
            if isinstance(error, OSError):
                raise DeviceLost(f"{place} cannot be reached ({_reason(error)}); check cable and address") from error
            raise ProtocolError(f"{place} does not speak HTTP as a printer does ({type(error).__name__})") from error
        finally:
            self._socket = None
            connection.close()

    def _answered(self, connection: http.client.HTTPConnection, until: float, place: str) -> bytes:
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            action = Action.CONFIGURE if answer.status in (401, 403, 404) else Action.RESET
            raise ProtocolError(f"{place} answered HTTP {answer.status}; check the path of the address", action=action)
        heard = bytearray()
        while piece := answer.read1(PIECE):
            heard += piece
            if len(heard) > MOST_BYTES:
                raise ProtocolError(f"{place} answered more than {MOST_BYTES} bytes")
            if self._clock.monotonic() > until:
                raise TimeoutError
        return bytes(heard)

    def _understood(self, url: SplitResult, data: bytes) -> Message:
        try:
            answer = decode(data)
        except IppDamaged as error:
            if self._cancelled:
                raise CommandCancelled(f"{_place(url)}: cancelled") from error
            raise ProtocolError(f"{_place(url)} answered no IPP ({error}); check the address") from error
        if answer.request_id != self._number:
            raise ProtocolError(f"{_place(url)} answered another question")
        return answer


def checked_url(text: str) -> SplitResult | None:
    """None where it is no address of a printer."""
    try:
        url = urlsplit(text)
        usable = url.scheme in PORTS and bool(url.hostname) and (url.port is None or url.port > 0)
        (url.path or "/").encode("ascii")
    except ValueError:
        return None
    return url if usable else None


_LANGUAGE = (  # these two come first in every request (RFC 8011, 4.1.4)
    attribute("attributes-charset", Kind.CHARSET, "utf-8"),
    attribute("attributes-natural-language", Kind.LANGUAGE, "en"),
)


def _connection(url: SplitResult, limit: float) -> http.client.HTTPConnection:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    if url.scheme in ("ipps", "https"):
        return http.client.HTTPSConnection(host, port, timeout=limit, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=limit)


def _printer_uri(url: SplitResult) -> str:
    scheme = {"http": "ipp", "https": "ipps"}.get(url.scheme, url.scheme)
    return f"{scheme}://{url.hostname}:{url.port or PORTS[url.scheme]}{url.path or '/'}"


def _place(url: SplitResult) -> str:
    return f"{url.scheme}://{url.hostname}:{url.port or PORTS[url.scheme]}{url.path}"


def _words(answer: Message) -> str:
    said = answer.first(Group.OPERATION).get("status-message", ("",))[0]
    return f" (status {answer.code & 0xFFFF:#06x}{', ' + ' '.join(str(said).split())[:120] if said else ''})"


def _reason(error: OSError) -> str:
    return " ".join((error.strerror or type(error).__name__).split())
