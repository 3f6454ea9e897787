"""`kiosk card read` against readers that are broken or mean: it ends in time, with XFS's name for what happened."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.commands import kiosk, refused, refused_as_json

CODES = {"noMedia", "invalidMedia", "cardCollision", "securityFail", "timeOut", "deviceNotReady", "hardwareError"}
Behaviour = Callable[[socket.socket], None]


def silent(connection: socket.socket) -> None:
    while connection.recv(64):
        pass


def endless(data: bytes) -> Behaviour:
    def send(connection: socket.socket) -> None:
        while True:
            connection.sendall(data)

    return send


def always(reply: bytes) -> Behaviour:
    def send(connection: socket.socket) -> None:
        while connection.recv(64):
            connection.sendall(reply)

    return send


def hangs_up(connection: socket.socket) -> None:
    connection.recv(1)


@contextmanager
def listening(behaviour: Behaviour) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, behaviour))
        thread.start()
        try:
            yield f"socket://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, behaviour: Behaviour) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                behaviour(connection)
            except OSError:
                continue


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (silent, "timeOut"),
        (endless(b"\x12\x55\xff\x00" * 99), "hardwareError"),
        (endless(bytes.fromhex("AAAAAA9669")), "hardwareError"),
        (always(bytes.fromhex("AAAAAA9669 0004 00")), "hardwareError"),
        (always(bytes.fromhex("AAAAAA9669 FFFF 00009F")), "hardwareError"),
        (always(bytes.fromhex("AAAAAA9669 0004 000080 85")), "hardwareError"),
        (always(bytes.fromhex("AAAAAA9669 0004 000066 62")), "securityFail"),
        (always(bytes.fromhex("AAAAAA9669 0004 000060 64")), "hardwareError"),
        (hangs_up, "deviceNotReady"),
    ],
)
def test_a_broken_reader_is_given_up_in_time(behaviour: Behaviour, code: str) -> None:
    with listening(behaviour) as url:
        error = refused_as_json(kiosk("card", "read", "--port", url, "--timeout", "1", "--json"))
    assert error["code"] == code
    assert code in CODES


def test_a_printer_that_never_stops_talking_is_no_printer(tmp_path: Path) -> None:
    file = tmp_path / "receipt.txt"
    file.write_text("receipt", encoding="utf-8")
    with listening(endless(b"\x55\xff" * 50)) as url:
        assert "printer" in refused(kiosk("receipt", "print", file, "--to", url))


def test_a_printer_that_never_answers_leaves_the_print_unknown(tmp_path: Path) -> None:
    file = tmp_path / "receipt.txt"
    file.write_text("receipt", encoding="utf-8")
    with listening(silent) as url:
        assert "unknown" in refused(kiosk("receipt", "print", file, "--to", url))
