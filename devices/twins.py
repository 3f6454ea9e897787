"""The twin host: the virtual devices in one process, worked by JSON lines over a unix socket; and the client for it.

`python -m devices.twins --folder DIR [--classes idcard,printer] [--with-parent]`
"""

import argparse
import contextlib
import importlib
import json
import os
import select
import signal
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from devices.clock import Clock, SystemClock
from devices.twin import Twin, TwinState, UnknownVerb, Verbs
from devices.twin_memory import TwinMemory
from devices.twins_client import CONTROL, TwinClient, TwinError

__all__ = ["TwinClient", "TwinError", "TwinHost"]

CLASSES = {
    "idcard": ("idcard.twin", "IdCardTwin"),
    "scanner": ("scanner.twin", "ScannerTwin"),
    "camera": ("camera.twin", "CameraTwin"),
    "printer": ("printer.twin", "PrinterTwin"),
    "a4_printer": ("printer.ipp_twin", "IppPrinterTwin"),
}
LOOK_INTERVAL = 0.15  # s between two looks whether a watched twin changed


class TwinHost:
    """`start` brings up the twins and the control socket in `folder`; `stop` takes both away."""

    def __init__(self, folder: Path, clock: Clock, classes: tuple[str, ...] = tuple(CLASSES)) -> None:
        self.folder = folder
        self._clock = clock
        self._twins = {name: _twin(name, clock) for name in classes}
        self._memory = TwinMemory(folder, {name: _module(name).LASTING for name in classes})
        self._server: _Server | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        _remove_stale(self.folder)
        try:
            for twin in self._twins.values():
                twin.start(self.folder)
            self._memory.bring_back(self._twins)
            self._server = _Server(self.folder / CONTROL, self)
        except OSError:
            self.stop()
            raise
        threading.Thread(target=self._server.serve_forever, args=(0.1,), name="twins", daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.end()
            (self.folder / CONTROL).unlink(missing_ok=True)
        for twin in self._twins.values():
            twin.stop()

    def states(self) -> dict[str, TwinState]:
        return {name: twin.state() for name, twin in self._twins.items()}

    def verbs(self) -> dict[str, Verbs]:
        """What each twin can be told: verb → argument → what it may be, None for anything."""
        return {name: _module(name).VERBS for name in self._twins}

    def answer(self, line: bytes) -> dict[str, object]:
        """The reply to one request; whatever is wrong with it is a reply too."""
        asked: dict[str, Any] = {}
        try:
            asked = _request(line)
            if asked.get("do") == "verbs":
                return {"id": asked.get("id"), "ok": True, "verbs": self.verbs()}
            return {"id": asked.get("id"), "ok": True, "state": dict(self._do(asked))}
        except (ValueError, OSError) as error:
            return {"id": asked.get("id"), "ok": False, "error": " ".join(str(error).split())}

    def _do(self, asked: Mapping[str, Any]) -> TwinState:
        name, verb, arguments = asked.get("twin"), asked.get("do"), asked.get("arguments", {})
        if not isinstance(name, str) or name not in self._twins:
            raise UnknownVerb(f"unknown twin '{name}'; known: {', '.join(self._twins)}")
        if not isinstance(verb, str) or not isinstance(arguments, dict):
            raise UnknownVerb("a request is {id, twin, do: verb, arguments: {name: text}}")
        twin = self._twins[name]
        if verb != "state":
            given = {str(key): str(value) for key, value in arguments.items()}
            twin.do(verb, given)
            self._memory.note(name, verb, given)
        return twin.state()


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path, host: TwinHost) -> None:
        self.host = host
        self.ended = threading.Event()
        self._open: set[socket.socket] = set()
        super().__init__(str(path), _Conversation)
        path.chmod(0o600)

    def get_request(self) -> tuple[socket.socket, str]:
        connection, _ = super().get_request()
        self._open.add(connection)
        return connection, ""

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket):
            self._open.discard(request)
        super().shutdown_request(request)

    def end(self) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()
        for connection in tuple(self._open):
            with _gone_is_fine():
                connection.shutdown(socket.SHUT_RDWR)


class _Conversation(socketserver.StreamRequestHandler):
    """One client: requests answered in order; after `watch` every change is pushed as well."""

    def setup(self) -> None:
        super().setup()
        self._writing = threading.Lock()
        self._over = threading.Event()

    def handle(self) -> None:
        server = cast(_Server, self.server)
        with _gone_is_fine():
            for line in self.rfile:
                if _is_watch(line):
                    threading.Thread(target=self._push, args=(server,), name="twins-watch", daemon=True).start()
                else:
                    self._send(server.host.answer(line))

    def finish(self) -> None:
        self._over.set()
        with _gone_is_fine():
            super().finish()

    def _push(self, server: _Server) -> None:
        seen: dict[str, TwinState] = {}
        with _gone_is_fine():
            while not server.ended.is_set() and not self._over.is_set():
                states = server.host.states()
                for name, state in states.items():
                    if seen.get(name) != state:
                        self._send({"twin": name, "state": dict(state)})
                seen = states
                self._over.wait(LOOK_INTERVAL)

    def _send(self, message: Mapping[str, object]) -> None:
        data = json.dumps(message, ensure_ascii=False).encode() + b"\n"
        with self._writing:
            self.wfile.write(data)


def _gone_is_fine() -> contextlib.suppress:
    """Clients come and go; writing to one that went is no event (ValueError: its file is closed already)."""
    return contextlib.suppress(OSError, ValueError)


def _request(line: bytes) -> dict[str, Any]:
    asked = json.loads(line)
    if not isinstance(asked, dict):
        raise UnknownVerb("a request is one JSON object a line")
    return asked


def _is_watch(line: bytes) -> bool:
    try:
        return _request(line).get("do") == "watch"
    except ValueError:
        return False


def _twin(name: str, clock: Clock) -> Twin:
    if name not in CLASSES:
        raise UnknownVerb(f"unknown class '{name}'; known: {', '.join(CLASSES)}")
    found: Twin = getattr(_module(name), CLASSES[name][1])(clock)
    return found


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"devices.{CLASSES[name][0]}")


def _remove_stale(folder: Path) -> None:
    """A host that was killed leaves its addresses: a pty's number may be somebody else's by now."""
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(str(folder / CONTROL)) == 0:
            raise TwinError(f"{folder}: twins are running there already; stop them, or take another folder")
    for path in (*folder.glob("*.tty"), *folder.glob("*.url"), folder / CONTROL):
        path.unlink(missing_ok=True)


def _catch_signals() -> int:
    """A descriptor that becomes readable with SIGTERM or SIGINT."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return woken


def _wait_for_end(woken: int, *, with_parent: bool) -> None:
    """Returns on a signal or, `with_parent`, when standard input closes."""
    listen = [woken, sys.stdin.fileno()] if with_parent else [woken]
    while True:
        ready, _, _ = select.select(listen, [], [])
        if woken in ready or not os.read(sys.stdin.fileno(), 4096):
            return


def main(arguments: list[str] | None = None, say: Callable[[str], object] = sys.stdout.write) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m devices.twins", description="Virtual devices that speak real bytes."
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--classes", default=",".join(CLASSES), help="comma-separated; default: all")
    parser.add_argument("--with-parent", action="store_true", help="stop when standard input closes")
    options = parser.parse_args(arguments)
    woken = _catch_signals()
    try:
        host = TwinHost(options.folder, SystemClock(), tuple(options.classes.split(",")))
        host.start()
    except (ValueError, OSError) as error:
        sys.stderr.write(f"devices.twins: {error}\n")
        return 1
    say(f"twins ready in {options.folder}\n")
    sys.stdout.flush()
    _wait_for_end(woken, with_parent=options.with_parent)
    host.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
