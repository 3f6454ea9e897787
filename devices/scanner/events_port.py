"""A twin's keyboard: input events as the kernel gives them, on a unix socket in the place of the node."""

import contextlib
import errno
import select
import socket
import threading
from pathlib import Path

from devices.scanner import key_codes
from devices.scanner.key_source import GRAB, RECORD

LEFT_SHIFT, LEFT_ALT, LEFT_CONTROL = 42, 56, 29
_KEYS = {character: (code, shifted) for code, pair in key_codes.US.items() for shifted, character in enumerate(pair)}
_DIGITS = {character: code for code, character in key_codes.KEYPAD.items() if character.isdigit() and code < 98}
Keys = list[tuple[int, int]]  # code, value
PATIENCE = 1.0  # s


def keys_for(payload: bytes) -> Keys:
    """What an engine types: US keys, bytes above ASCII as Alt and their number, control bytes with Control."""
    pressed: Keys = []
    for byte in payload:
        if byte < 0x20:
            pressed += _ended(byte)
        elif chr(byte) in _KEYS:
            code, shifted = _KEYS[chr(byte)]
            pressed += _under(LEFT_SHIFT, [code]) if shifted else _tap(code)
        else:
            pressed += _under(LEFT_ALT, [_DIGITS[digit] for digit in f"0{byte}"])
    return pressed


def _ended(byte: int) -> Keys:
    if byte == ord("\r"):
        return _tap(key_codes.ENTER)
    letter = chr(byte | 0x40).lower()
    return _under(LEFT_CONTROL, [_KEYS[letter][0]]) if letter in _KEYS else []


def _tap(code: int) -> Keys:
    return [(code, key_codes.DOWN), (code, key_codes.UP)]


def _under(held: int, codes: list[int]) -> Keys:
    return [(held, key_codes.DOWN), *(key for code in codes for key in _tap(code)), (held, key_codes.UP)]


class EventsPort:
    """`plug` and `unplug` as PtyPort has them. Everybody connected gets the keys; once one has grabbed, only that one,
    and a second grab is refused with EBUSY, as the kernel does it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listener: socket.socket | None = None
        self._clients: set[socket.socket] = set()
        self._grabbed_by: socket.socket | None = None
        self._lock = threading.RLock()

    @property
    def address(self) -> str:
        return str(self.path)

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        with self._lock:
            if self._listener is not None:
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.unlink(missing_ok=True)
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(self.path))
            listener.listen()
            self._listener = listener
            threading.Thread(target=self._accept, args=(listener,), name=self.path.name, daemon=True).start()

    def unplug(self) -> None:
        with self._lock:
            listener, self._listener = self._listener, None
            if listener is None:
                return
            self.path.unlink(missing_ok=True)
            self._grabbed_by = None
            for end in (listener, *self._clients):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def write(self, payload: bytes) -> None:
        """The keys of `payload`, each with its report; in one piece, since a socket counts pieces more than bytes."""
        report = RECORD.pack(0, 0, key_codes.SYN, key_codes.SYN_REPORT, 0)
        keys = keys_for(payload)
        self._send(b"".join(RECORD.pack(0, 0, key_codes.KEY, code, value) + report for code, value in keys))

    def _send(self, records: bytes) -> None:
        """Lost, not an error, where nobody reads them: a full device drops events too."""
        with self._lock:
            for client in (self._grabbed_by,) if self._grabbed_by else tuple(self._clients):
                with contextlib.suppress(OSError):
                    client.settimeout(PATIENCE)
                    client.sendall(records)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                listener.close()
                return
            with self._lock:
                for gone in [known for known in self._clients if _hung_up(known)]:
                    self._clients.discard(gone)
                    gone.close()
                self._clients.add(client)
            threading.Thread(target=self._hear, args=(client,), name=self.path.name, daemon=True).start()

    def _hear(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (
                select.select([client], [], [])
                and len(record := client.recv(RECORD.size, socket.MSG_WAITALL)) == RECORD.size
            ):
                if RECORD.unpack(record)[2] == GRAB:
                    self._grab(client)
        with self._lock:
            self._clients.discard(client)
            if self._grabbed_by is client:
                self._grabbed_by = None
        client.close()

    def _grab(self, client: socket.socket) -> None:
        with self._lock:
            free = self._grabbed_by in (None, client) or _hung_up(self._grabbed_by)
            if free:
                self._grabbed_by = client
            client.sendall(RECORD.pack(0, 0, GRAB, 0, 0 if free else -errno.EBUSY))


def _hung_up(client: socket.socket | None) -> bool:
    """Whether its other end is closed; the thread that hears it may not have come to that yet."""
    if client is None or client.fileno() < 0:
        return True
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
