"""The serial line over a pseudo-terminal and over a socket: what every driver that talks bytes relies on."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import CommandCancelled, DeviceLost
from devices.lines import make_line
from devices.lines.line import Line
from devices.pty_port import PtyPort

CLOCK = SystemClock()
PATIENCE = 5.0  # s; no test waits that long


@pytest.fixture
def port(tmp_path: Path) -> Iterator[PtyPort]:
    """Says everything back."""

    def echo(data: bytes) -> None:
        port.write(data)

    port = PtyPort(tmp_path / "echo.tty", echo)
    port.plug()
    yield port
    port.unplug()


@pytest.fixture
def line(port: PtyPort) -> Iterator[Line]:
    line = make_line(port.address, 115200, CLOCK, "card reader")
    line.open()
    yield line
    line.close()


def everything(line: Line, size: int) -> bytes:
    heard, until = b"", CLOCK.monotonic() + PATIENCE
    while len(heard) < size and CLOCK.monotonic() < until:
        heard += line.read(size - len(heard))
    return heard


def test_bytes_go_out_and_come_back(line: Line) -> None:
    sent = bytes(range(256)) * 16
    line.write(sent)
    assert everything(line, len(sent)) == sent


def test_a_read_gives_what_there_is_and_no_more_than_asked_for(line: Line) -> None:
    line.write(b"hello")
    until = CLOCK.monotonic() + PATIENCE
    while line.waiting() < 5 and CLOCK.monotonic() < until:
        CLOCK.sleep(0.001)
    assert line.read(3) == b"hel"
    assert line.read(100) == b"lo"
    assert line.waiting() == 0


def test_silence_is_an_empty_read_after_the_limit(line: Line) -> None:
    started = CLOCK.monotonic()
    assert line.read(10, 0.25) == b""
    assert CLOCK.monotonic() - started >= 0.25
    assert line.read(10, 0) == b""


def test_what_came_unasked_is_forgotten_on_request(line: Line, port: PtyPort) -> None:
    port.write(b"old")
    until = CLOCK.monotonic() + PATIENCE
    while line.waiting() < 3 and CLOCK.monotonic() < until:
        CLOCK.sleep(0.001)
    line.discard()
    assert line.waiting() == 0
    line.write(b"new")
    assert everything(line, 3) == b"new"


def test_a_read_is_cancelled_from_another_thread_and_so_is_the_next_until_a_new_command_begins(line: Line) -> None:
    timer = threading.Timer(0.05, line.cancel)
    timer.start()
    with pytest.raises(CommandCancelled):
        line.read(1, PATIENCE)
    timer.join()
    with pytest.raises(CommandCancelled):
        line.read(1)
    line.begin()
    line.write(b"x")
    assert everything(line, 1) == b"x"


def test_a_pulled_cable_is_seen_without_asking_and_named_when_asked(line: Line, port: PtyPort) -> None:
    assert line.is_there()
    port.unplug()
    assert not line.is_there()
    with pytest.raises(DeviceLost, match=r"the card reader is gone .*; check its cable and power"):
        line.read(1, PATIENCE)
    assert not line.is_open
    with pytest.raises(DeviceLost, match="not open"):
        line.waiting()


def test_a_device_plugged_in_again_is_there_only_once_it_is_opened_again(line: Line, port: PtyPort) -> None:
    port.unplug()
    port.plug()
    assert not line.is_there()  # the node is back, but this line still holds the old one
    line.close()
    assert line.is_there()
    line.open()
    line.write(b"again")
    assert everything(line, 5) == b"again"


def test_a_write_to_a_pulled_cable_is_named(line: Line, port: PtyPort) -> None:
    port.unplug()
    with pytest.raises(DeviceLost, match="card reader"):
        line.write(b"x")


def test_a_port_is_opened_by_one_only(line: Line, port: PtyPort) -> None:
    second = make_line(port.address, 115200, CLOCK, "receipt printer")
    with pytest.raises(DeviceLost, match="cannot open the receipt printer's port: another program has it"):
        second.open()
    assert not second.is_open


def test_closing_in_mid_read_ends_in_a_named_error(line: Line) -> None:
    timer = threading.Timer(0.05, line.close)
    timer.start()
    with pytest.raises(DeviceLost):
        line.read(1, PATIENCE)
    timer.join()


def test_opening_and_closing_leave_nothing_open(line: Line, port: PtyPort) -> None:
    line.close()
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(5):
        line.open()
        line.open()
        line.close()
        line.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == len(before)


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("/nowhere/tty", "there is no such device"),
        ("/", "it is a folder"),
        ("/etc/hostname", "it is not a serial device"),
        ("socket://127.0.0.1:1", "nobody listens there"),
        ("socket://127.0.0.1", "no port number"),
        ("what://is.this", "no such kind of address"),
    ],
)
def test_a_port_that_is_none_is_one_clear_line(port: str, said: str) -> None:
    line = make_line(port, 9600, CLOCK, "scan engine")
    with pytest.raises(DeviceLost, match=said) as lost:
        line.open()
    assert str(lost.value).startswith(port)
    assert "\n" not in str(lost.value)


def test_a_serial_server_that_hangs_up_is_noticed_and_called_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = make_line(f"socket://127.0.0.1:{listener.getsockname()[1]}", 9600, CLOCK, "card reader")
        for _ in range(2):
            line.open()
            assert line.is_there()
            other, _ = listener.accept()
            with other:
                other.sendall(b"hello")
                assert everything(line, 5) == b"hello"
            with pytest.raises(DeviceLost, match="gone"):
                line.read(1, PATIENCE)
        line.close()


def test_a_kind_of_url_that_nothing_can_wait_on_is_read_as_well() -> None:
    line = make_line("loop://", 9600, CLOCK, "card reader")
    line.open()
    line.write(b"hello")
    assert line.waiting() == 5
    assert line.read(3) == b"hel"
    assert line.read(10) == b"lo"
    assert line.read(10, 0.01) == b""
    line.discard()
    line.close()
