"""Hands for the virtual devices: a blocking client of the twin host's control socket."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devices.twin import TwinState

CONTROL = "control.sock"
PATIENCE = 10.0  # s for an answer

OnChange = Callable[[str, TwinState], None]


class TwinError(ValueError):
    """The host refused, or is not there; one line that names what it knows."""


class TwinClient:
    """One connection for requests, made when first needed; one more for each `watch`. Safe from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None
        self._number = 0
        self._buffer = b""
        self._watching: list[tuple[socket.socket, threading.Thread]] = []

    def do(self, twin: str, verb: str, **arguments: object) -> TwinState:
        """The twin's state after it. Raises TwinError."""
        texts = {key: str(value) for key, value in arguments.items()}
        with self._lock:
            self._number += 1
            answer = self._ask({"id": self._number, "twin": twin, "do": verb, "arguments": texts})
        if not answer.get("ok"):
            raise TwinError(str(answer.get("error", "the twin host gave no answer")))
        state: TwinState = answer["state"]
        return state

    def state(self, twin: str) -> TwinState:
        return self.do(twin, "state")

    def verbs(self) -> dict[str, dict[str, dict[str, list[str] | None]]]:
        """Of each twin: verb → argument → what it may be, None for anything. Raises TwinError."""
        with self._lock:
            answer = self._ask({"do": "verbs"})
        known: dict[str, dict[str, dict[str, list[str] | None]]] = answer["verbs"]
        return known

    def watch(self, callback: OnChange) -> None:
        """Calls `callback(twin, state)` with every state now, then with each change, on a thread of its own."""
        connection = self._connect()
        connection.settimeout(None)
        connection.sendall(b'{"do": "watch"}\n')
        thread = threading.Thread(target=_follow, args=(connection, callback), name="twin-watch", daemon=True)
        thread.start()
        self._watching.append((connection, thread))

    def close(self) -> None:
        with self._lock:
            self._drop()
        for connection, thread in self._watching:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            if thread is not threading.current_thread():
                thread.join(PATIENCE)
            connection.close()
        self._watching.clear()

    def _ask(self, message: dict[str, object]) -> dict[str, Any]:
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            return self._read_line(self._connection)
        except OSError as error:
            self._drop()
            raise TwinError(f"{self.folder}: the twin host does not answer ({error})") from error

    def _read_line(self, connection: socket.socket) -> dict[str, Any]:
        while b"\n" not in self._buffer:
            more = connection.recv(65536)
            if not more:
                raise ConnectionError("it hung up")
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(str(self.folder / CONTROL))
        except OSError as error:
            connection.close()
            start = f"python -m devices.twins --folder {self.folder}"
            raise TwinError(
                f"{self.folder}: no twins are running there ({error.strerror}); start them: {start}"
            ) from error
        return connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._buffer = None, b""


def _follow(connection: socket.socket, callback: OnChange) -> None:
    with contextlib.suppress(OSError), connection.makefile("rb") as lines:
        for line in lines:
            change = json.loads(line)
            callback(change["twin"], change["state"])
