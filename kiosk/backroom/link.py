"""The backroom's end of the socket: reads whole messages, and writes without making a worker wait for the screen."""

import socket
import threading
from collections import deque
from collections.abc import Iterator

from kiosk.messages.frames import Decoder, Message, encode

READ_SIZE = 1 << 16  # bytes


class Link:
    """`send` and `offer` may be called from any thread; `messages` belongs to one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._waiting: deque[bytes] = deque()
        self._picture: tuple[Message, bytes] | None = None
        self._changed = threading.Condition()
        self._closed = False
        self._writer = threading.Thread(target=self._write, name="link-writer", daemon=True)
        self._writer.start()

    def messages(self) -> Iterator[tuple[Message, bytes]]:
        """Until the screen closes its end. Raises FrameError."""
        decoder = Decoder()
        while data := self._read():
            yield from decoder.feed(data)

    def send(self, message: Message, blob: bytes = b"") -> None:
        frame = encode(message, blob)
        with self._changed:
            self._waiting.append(frame)
            self._changed.notify()

    def offer(self, message: Message, blob: bytes) -> None:
        """A picture that may be dropped: only the newest waits, behind everything else."""
        with self._changed:
            self._picture = (message, blob)
            self._changed.notify()

    def withdraw(self) -> None:
        """Forget a picture that still waits."""
        with self._changed:
            self._picture = None

    def close(self) -> None:
        """Write what waits, then stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._writer.join(timeout=1.0)
        self._connection.close()

    def _read(self) -> bytes:
        try:
            return self._connection.recv(READ_SIZE)
        except OSError:
            return b""

    def _next_frame(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._picture or self._closed)
            if self._waiting:
                return self._waiting.popleft()
            if self._closed or self._picture is None:
                return None
            picture, self._picture = self._picture, None
        return encode(*picture)

    def _write(self) -> None:
        while (frame := self._next_frame()) is not None:
            try:
                self._connection.sendall(frame)
            except OSError:
                return  # the screen is gone: the reading side ends the backroom
