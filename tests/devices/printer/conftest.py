"""A printer twin with a driver on its wire, and dumb relays between a socket and a pseudo-terminal."""

import os
import select
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from devices.clock import SystemClock
from devices.printer.contract import ReceiptDocument
from devices.printer.escpos_receipt import EscposReceiptPrinter, Options, create
from devices.printer.twin import PrinterTwin


@dataclass
class Desk:
    twin: PrinterTwin
    printer: EscposReceiptPrinter
    folder: Path

    def do(self, verb: str, **arguments: str) -> None:
        self.twin.do(verb, arguments)

    @property
    def receipts(self) -> list[Path]:
        return sorted((self.folder / "receipts").glob("*.png"))

    def receipt(self) -> Image.Image:
        with Image.open(self.receipts[-1]) as image:
            return image.convert("L")

    @property
    def raw(self) -> bytes:
        return self.receipts[-1].with_suffix(".bytes").read_bytes()

    def print(self, document: ReceiptDocument, command_id: str = "one") -> str:
        return self.printer.print_receipt(document, command_id).value


@contextmanager
def desk(folder: Path, width: int = 80) -> Iterator[Desk]:
    clock = SystemClock()
    twin = PrinterTwin(clock)
    twin.start(folder)
    printer = create("receipt_printer", Options(twin.port, width), clock)
    try:
        if width == 58:
            twin.do("roll", {"width": "58"})
        printer.open()
        yield Desk(twin, printer, folder)
    finally:
        printer.close()
        twin.stop()


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path) as ready:
        yield ready


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, 58) as ready:
        yield ready


@pytest.fixture
def socket_address(at: Desk) -> Iterator[str]:
    with on_a_socket(at.twin.port) as address:
        yield address


@contextmanager
def on_a_socket(tty_path: str) -> Iterator[str]:
    """Carries bytes both ways between a pseudo-terminal and one TCP connection; gives the socket:// address."""
    port = os.open(tty_path, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(port)
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop, stopping = socket.socketpair()
        relay = threading.Thread(target=_relay, args=(server, port, stopping), daemon=True)
        relay.start()
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"
        stop.send(b"!")
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)  # where nobody ever came
        relay.join()
        stop.close()
        stopping.close()
    os.close(port)


def _relay(server: socket.socket, port: int, stopping: socket.socket) -> None:
    try:
        connection, _ = server.accept()
    except OSError:
        return
    with connection:
        while True:
            ready, _, _ = select.select([connection, port, stopping], [], [])
            if stopping in ready:
                return
            if port in ready:
                connection.sendall(os.read(port, 4096))
            if connection in ready:
                data = connection.recv(4096)
                if not data:
                    return
                os.write(port, data)
