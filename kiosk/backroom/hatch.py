"""The technician's hatch: a running terminal tells the command line about its devices, over a socket in its folder.

One JSON object a line each way: `{"ask": "list"}` or `{"ask": "test", "device": NAME, "level": LEVEL}`.
"""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SOCKET = "devices.sock"
LONGEST_QUESTION = 4096  # bytes
WAIT = 5.0  # s a caller may take to ask
ANSWER_WITHIN = 60.0  # s; an interactive test waits for a person

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class TerminalSilent(Exception):
    """A terminal runs but gives no answer; one line."""


class Hatch:
    """`answer` is called on a thread for each caller. Only the terminal's own account can come in."""

    def __init__(self, folder: Path, answer: Answer) -> None:
        self._folder = folder
        self._answer = answer
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """A folder that takes no socket costs the technician this look, and the terminal nothing."""
        listener = socket.socket(socket.AF_UNIX)
        try:
            with _short_path(self._folder) as path:
                _remove_stale(path)
                listener.bind(path)
                Path(path).chmod(0o600)
            listener.listen()
        except OSError:
            listener.close()
            return
        self._socket = listener
        threading.Thread(target=self._serve, args=(listener,), name="hatch", daemon=True).start()

    def close(self) -> None:
        listener, self._socket = self._socket, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            with suppress(OSError):
                (self._folder / SOCKET).unlink(missing_ok=True)

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):  # closed: it is over
            while True:
                caller, _ = listener.accept()
                threading.Thread(target=self._hear, args=(caller,), name="hatch caller", daemon=True).start()

    def _hear(self, caller: socket.socket) -> None:
        with caller, suppress(OSError, ValueError):
            caller.settimeout(WAIT)
            question = json.loads(_line(caller, LONGEST_QUESTION))
            said = self._answer(question) if isinstance(question, dict) else {"error": "a question is a JSON object"}
            caller.sendall(json.dumps(said, ensure_ascii=False).encode() + b"\n")


def _remove_stale(path: str) -> None:
    """What a killed terminal left behind. A terminal that runs keeps its own: binding then fails."""
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) != 0:
            Path(path).unlink(missing_ok=True)


def ask_terminal(folder: Path, question: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The running terminal's answer; None where none is running. Raises TerminalSilent."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ANSWER_WITHIN)
        try:
            with _short_path(folder) as path:
                connection.connect(path)
        except OSError:
            return None
        try:
            connection.sendall(json.dumps(question).encode() + b"\n")
            answer: Mapping[str, Any] = json.loads(_line(connection))
        except (OSError, ValueError) as error:
            raise TerminalSilent("the running terminal does not answer; wait, or stop it and ask again") from error
    return answer


@contextmanager
def _short_path(folder: Path) -> Iterator[str]:
    """A way to the socket that fits into the 107 bytes an address may have, however deep the folder lies."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET}"
    finally:
        os.close(descriptor)


def _line(connection: socket.socket, longest: int = 1 << 20) -> bytes:
    """Raises OSError where the other side hung up or says too much."""
    heard = bytearray()
    while not heard.endswith(b"\n"):
        more = connection.recv(4096)
        if not more or len(heard) > longest:
            raise ConnectionError("no whole line")
        heard += more
    return bytes(heard)
