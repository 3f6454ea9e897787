"""The screen's end of the backroom: starts the child process, passes frames both ways without waiting, restarts it."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from kiosk.memory import TIGHT
from kiosk.messages.frames import Decoder, FrameError, encode
from kiosk.messages.from_backroom import FromBackroom
from kiosk.messages.to_backroom import ToBackroom

RESTART_AFTER = (200, 1000, 5000, 15000)  # ms; the longer it keeps falling, the longer the pause
STABLE_AFTER = 30_000  # ms; a backroom that ran this long starts again at once
READ_SIZE = 1 << 18

OnMessage = Callable[[FromBackroom, bytes], None]


class BackroomProcess(QObject):
    """`on_lost` is called when the child is gone; it is started again by itself and greets with Ready."""

    def __init__(self, config: Path, on_message: OnMessage, on_lost: Callable[[], None]) -> None:
        super().__init__()
        self._config = config
        self._on_message = on_message
        self._on_lost = on_lost
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._outgoing = bytearray()
        self._decoder = Decoder()
        self._falls = 0
        self._stable = QTimer(self, singleShot=True, interval=STABLE_AFTER)
        self._stable.timeout.connect(self._forgive)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        command = [sys.executable, "-m", "kiosk.backroom", "--config", str(self._config), "--fd", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, env={**os.environ, **TIGHT}
            )
        self._socket = ours
        self._decoder = Decoder()
        self._outgoing.clear()
        self._incoming_notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        self._incoming_notifier.activated.connect(self._read)
        self._outgoing_notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Write, self)
        self._outgoing_notifier.setEnabled(False)
        self._outgoing_notifier.activated.connect(self._write)
        self._stable.start()

    def send(self, message: ToBackroom, blob: bytes = b"") -> None:
        """Queue a message; while the backroom is away it is dropped, and the journey begins again at Ready."""
        if self._socket is None:
            return
        self._outgoing += encode(message, blob)
        self._write()

    def stop(self) -> None:
        """Close our end: the child finishes what it is writing and leaves."""
        self._again.stop()
        process, self._process = self._process, None
        self._disconnect()
        if process is not None:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _read(self) -> None:
        assert self._socket is not None
        try:
            data = self._socket.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
            return
        try:
            for message, blob in self._decoder.feed(data):
                self._on_message(message, blob)  # type: ignore[arg-type]  # the child sends only FromBackroom
        except FrameError:
            self._lost()

    def _write(self) -> None:
        if self._socket is None:
            return
        try:
            while self._outgoing:
                sent = self._socket.send(self._outgoing)
                del self._outgoing[:sent]
        except BlockingIOError:
            self._outgoing_notifier.setEnabled(True)
            return
        except OSError:
            self._lost()
            return
        self._outgoing_notifier.setEnabled(False)

    def _lost(self) -> None:
        process, self._process = self._process, None
        self._disconnect()
        if process is not None:
            process.kill()
            process.wait()
        self._stable.stop()
        self._again.start(RESTART_AFTER[min(self._falls, len(RESTART_AFTER) - 1)])
        self._falls += 1
        self._on_lost()

    def _forgive(self) -> None:
        self._falls = 0

    def _disconnect(self) -> None:
        if self._socket is None:
            return
        for notifier in (self._incoming_notifier, self._outgoing_notifier):
            notifier.setEnabled(False)
            notifier.deleteLater()
        with contextlib.suppress(OSError):
            self._socket.close()
        self._socket = None
