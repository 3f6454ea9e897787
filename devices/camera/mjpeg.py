"""One open MJPEG stream over HTTP: the camera's own pictures, read without a video decoder between."""

import base64
import contextlib
import socket
from urllib.parse import unquote, urlsplit

from devices.camera.contract import Frame
from devices.camera.decoding import decoded
from devices.camera.multipart import Multipart, boundary_of
from devices.clock import Clock
from devices.device import DeviceError, DeviceLost, DeviceTimeout

JPEG_ENDS = b"\xff\xd9"
TAIL = 64  # bytes; some cameras fill up behind the end
READ_SIZE = 1 << 18  # bytes
MOST_STALE = 60  # pictures thrown away in one go
LONGEST_REPLY = 16384  # bytes of a reply's head
WINDOW = 1 << 17  # bytes the kernel may hold for us: about one picture, so that none of them is old


class NotMjpeg(Exception):
    """The address answers, and with something else: OpenCV's own reader may know it."""


class MjpegCapture:
    """Raises DeviceLost where nothing answers, DeviceTimeout where the source stays silent, NotMjpeg."""

    def __init__(self, address: str, limits: tuple[float, float], clock: Clock) -> None:
        self.address = address
        self._limits = limits  # s; to open, to read one picture
        self._clock = clock
        self._last = clock.monotonic()
        self._socket = self._connected(limits[0])
        try:
            boundary, begun = self._asked()
        except BaseException:
            self._socket.close()
            raise
        self._parts = Multipart(boundary)
        self._waiting = begun  # what came behind the reply's head

    def _connected(self, limit: float) -> socket.socket:
        place = urlsplit(self.address)
        try:
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
            connection.settimeout(limit)
            connection.connect((place.hostname or "", place.port or 80))
        except TimeoutError as error:
            connection.close()
            raise DeviceTimeout(f"{self._shown}: the camera does not answer") from error
        except (OSError, ValueError) as error:
            connection.close()
            raise DeviceLost(f"{self._shown}: no camera answers; check the cable and `source`") from error
        return connection

    def _asked(self) -> tuple[bytes, bytes]:
        """Asks for the stream; its boundary, and what came of it already."""
        place = urlsplit(self.address)
        path = (place.path or "/") + (f"?{place.query}" if place.query else "")
        # HTTP/1.0, so that no camera sends the stream in chunks
        lines = [f"GET {path} HTTP/1.0", f"Host: {place.hostname}", "Accept: multipart/x-mixed-replace, image/jpeg"]
        if place.username is not None:
            told = f"{unquote(place.username)}:{unquote(place.password or '')}".encode()
            lines.append(f"Authorization: Basic {base64.b64encode(told).decode()}")
        try:
            self._socket.sendall("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
            reply = b""
            while b"\r\n\r\n" not in reply and len(reply) < LONGEST_REPLY:
                data = self._socket.recv(READ_SIZE)
                if not data:
                    raise ConnectionError
                reply += data
        except TimeoutError as error:
            raise DeviceTimeout(f"{self._shown}: the camera sends no picture") from error
        except OSError as error:
            raise DeviceLost(f"{self._shown}: no camera answers; check the cable and `source`") from error
        head, _, begun = reply.partition(b"\r\n\r\n")
        boundary = _boundary_in(head.decode("latin-1"))
        if boundary is None:
            raise NotMjpeg(self._shown)
        return boundary, begun

    @property
    def _shown(self) -> str:
        """The address without its password."""
        place = urlsplit(self.address)
        return place._replace(netloc=place.netloc.rpartition("@")[2]).geturl()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    @property
    def idle(self) -> float:
        """Seconds since the last frame."""
        return self._clock.monotonic() - self._last

    def newest(self) -> Frame:
        """What is at the live edge, decoded; a picture that is damaged or far too large is passed over."""
        until = self._clock.monotonic() + self._limits[1]
        while True:
            jpeg = self._newest_jpeg(until)
            if JPEG_ENDS not in jpeg[-TAIL:]:
                continue  # half a picture would be shown as half a person
            try:
                frame = decoded(jpeg)
            except DeviceError:
                continue  # the limit is the time to read one picture
            break
        self._last = self._clock.monotonic()
        frame.flags.writeable = False  # two threads may look at the same frame
        return frame

    def _newest_jpeg(self, until: float) -> bytes:
        newest: bytes | None = None
        thrown_away = 0
        data: bytes | None = self._waiting
        self._waiting = b""
        while newest is None or (data is not None and thrown_away < MOST_STALE):
            pictures = self._parts.feed(data or b"")
            if pictures:
                thrown_away += len(pictures)
                newest = pictures[-1]
            data = self._received(until, wait=newest is None)
        return newest

    def _received(self, until: float, *, wait: bool) -> bytes | None:
        """None: nothing more is there now."""
        left = until - self._clock.monotonic() if wait else 0.0
        try:
            if wait and left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)  # 0: does not wait at all
            data = self._socket.recv(READ_SIZE)
        except BlockingIOError:
            return None
        except TimeoutError as error:
            self.close()
            raise DeviceTimeout(f"{self._shown}: the camera sends no picture") from error
        except OSError:
            data = b""
        if not data:
            self.close()
            raise DeviceLost(f"{self._shown}: no camera answers; check the cable and `source`")
        return data


def _boundary_in(head: str) -> bytes | None:
    """Of a reply's head; None where it is no stream of pictures."""
    status, *lines = head.split("\r\n")
    if status.split(" ")[1:2] != ["200"]:
        return None
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-type":
            return boundary_of(value.strip())
    return None
