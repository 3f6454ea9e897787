"""The USB line, through pyusb, against a virtual device: whole frames, reports, two pipes; and every error."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import CommandCancelled, DeviceLost, DeviceTimeout, ProtocolError
from devices.idcard.frames import Command, Reply, reply, request, scan
from devices.lines import make_line
from devices.lines.line import Line
from devices.lines.usb_descriptors import (
    BULK_READER,
    CONTROL_READER,
    HID_READER,
    RECEIPT_PRINTER,
    SPLIT_READER,
    Model,
)
from devices.lines.usb_port import UsbPort

CLOCK = SystemClock()
PATIENCE = 5.0  # s; no test waits that long
MODELS = {
    "bulk": BULK_READER,
    "reports": HID_READER,
    "reports by control": CONTROL_READER,
    "split": SPLIT_READER,
}
LONG = reply(0x90, bytes(range(256)) * 5)


class VirtualReader:
    """Answers each request with the frame it was given."""

    def __init__(self, folder: Path, model: Model) -> None:
        self.heard = b""
        self.answer = LONG
        self.port = UsbPort(folder / "reader", self.hear, model)
        self.port.plug()

    def hear(self, data: bytes) -> None:
        self.heard += data
        if request(Command.FIND) in self.heard:
            self.heard = b""
            self.port.write(self.answer)


@pytest.fixture(params=MODELS)
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VirtualReader]:
    reader = VirtualReader(tmp_path, MODELS[request.param])
    yield reader
    reader.port.unplug()


@pytest.fixture
def bulk(tmp_path: Path) -> Iterator[VirtualReader]:
    reader = VirtualReader(tmp_path, BULK_READER)
    yield reader
    reader.port.unplug()


def opened(port: str, write_limit: float = 2.0) -> Line:
    line = make_line(port, 0, CLOCK, "card reader", write_limit)
    line.open()
    return line


def ask(line: Line, answer: bytes = LONG) -> Reply | None:
    line.begin()
    line.discard()
    line.write(request(Command.FIND))
    heard, until = b"", CLOCK.monotonic() + PATIENCE
    while CLOCK.monotonic() < until:
        heard += line.read(len(answer) - len(heard) if heard else 9)
        found = scan(heard)
        if isinstance(found, Reply):
            return found
    return None


def test_a_frame_goes_out_and_the_answer_comes_back_whatever_the_transfers(reader: VirtualReader) -> None:
    line = opened(reader.port.address)
    for _ in range(3):
        assert ask(line) == scan(LONG)
    line.close()


@pytest.mark.parametrize("size", [0, 1, 50, 53, 54, 117, 118])
def test_a_frame_that_fills_its_packets_exactly_is_read_as_well(size: int, reader: VirtualReader) -> None:
    reader.answer = reply(0x90, bytes(size))
    line = opened(reader.port.address)
    assert ask(line, reader.answer) == scan(reader.answer)
    line.close()


def test_an_answer_in_pieces_is_read(reader: VirtualReader) -> None:
    line = opened(reader.port.address)
    reader.answer = b""
    timers = [threading.Timer(at / 1000, reader.port.write, [LONG[at : at + 100]]) for at in range(0, len(LONG), 100)]
    reader.hear = lambda _: None  # type: ignore[method-assign]
    if reader.port.model.reports:  # a report that is not full ends the frame
        timers = [threading.Timer(0.05, reader.port.write, [LONG])]
    for timer in timers:
        timer.start()
        timer.join()
    heard, until = b"", CLOCK.monotonic() + PATIENCE
    while len(heard) < len(LONG) and CLOCK.monotonic() < until:
        heard += line.read(len(LONG) - len(heard))
    assert heard == LONG
    line.close()


def test_unasked_bytes_are_seen_and_forgotten_on_request(bulk: VirtualReader) -> None:
    line = opened(bulk.port.address)
    assert line.waiting() == 0
    bulk.port.write(b"unasked")
    assert line.waiting() == 7
    bulk.port.write(b"more")
    line.discard()
    assert line.waiting() == 0
    line.close()


def test_silence_and_cancelling_end_a_read(bulk: VirtualReader) -> None:
    line = opened(bulk.port.address)
    assert line.read(10, 0.02) == b""
    timer = threading.Timer(0.05, line.cancel)
    timer.start()
    with pytest.raises(CommandCancelled):
        line.read(10, PATIENCE)
    timer.join()
    assert ask(line) == scan(LONG)
    line.close()


def test_a_pulled_cable_is_seen_without_asking_and_named_when_asked(reader: VirtualReader) -> None:
    line = opened(reader.port.address)
    assert line.is_there()
    timer = threading.Timer(0.05, reader.port.unplug)
    timer.start()
    with pytest.raises(DeviceLost, match="the card reader is gone"):
        line.read(1, PATIENCE)
    timer.join()
    assert not line.is_open
    assert not line.is_there()
    with pytest.raises(DeviceLost, match="there is no USB device"):
        line.open()
    reader.port.plug()
    assert line.is_there()
    line.open()
    assert ask(line) == scan(LONG)
    line.close()


def test_a_device_plugged_in_again_is_there_only_once_it_is_opened_again(bulk: VirtualReader) -> None:
    line = opened(bulk.port.address)
    bulk.port.unplug()
    bulk.port.plug()
    assert not line.is_there()
    line.close()
    assert line.is_there()


def test_a_device_is_opened_by_one_only(reader: VirtualReader) -> None:
    line = opened(reader.port.address)
    with pytest.raises(DeviceLost, match="another program has it"):
        opened(reader.port.address)
    assert ask(line) == scan(LONG)
    line.close()
    second = opened(reader.port.address)
    assert ask(second) == scan(LONG)
    second.close()


def test_the_kernels_driver_gets_the_device_back(tmp_path: Path) -> None:
    port = UsbPort(tmp_path / "printer", lambda _: None, RECEIPT_PRINTER)
    port.plug()
    assert port.driver_attached
    line = opened(port.address)
    assert not port.driver_attached
    line.close()
    assert port.driver_attached
    port.unplug()


def test_a_stalled_pipe_is_cleared_and_tried_again(reader: VirtualReader) -> None:
    line = opened(reader.port.address)
    for endpoint in (*reader.port.model.outputs, *reader.port.model.inputs):
        reader.port.stall(endpoint)
    assert ask(line) == scan(LONG)
    line.close()


def test_a_pipe_that_stalls_again_and_again_is_a_named_error(bulk: VirtualReader) -> None:
    line = opened(bulk.port.address)
    bulk.port.stalls_always = True
    bulk.port.stall(0x02)
    with pytest.raises(ProtocolError, match="switch it off and on"):
        line.write(request(Command.FIND))
    line.close()


def test_a_device_that_takes_no_bytes_is_a_named_error(bulk: VirtualReader) -> None:
    line = opened(bulk.port.address, write_limit=0.05)
    bulk.port.deaf = True
    with pytest.raises(DeviceTimeout, match="takes no more bytes"):
        line.write(request(Command.FIND))
    bulk.port.deaf = False
    assert ask(line) == scan(LONG)
    line.close()


def test_a_device_this_account_may_not_open_is_told_with_the_rule_that_helps(bulk: VirtualReader) -> None:
    bulk.port.forbidden = True
    with pytest.raises(DeviceLost, match=r'udev rule SUBSYSTEM=="usb", .*idVendor.*=="0400", .*=="c35a"'):
        opened(bulk.port.address)


def test_what_is_plugged_in_instead_is_listed_without_serial_numbers(bulk: VirtualReader) -> None:
    port = f"usb://1234:5678?bus={bulk.port.bus}"
    with pytest.raises(DeviceLost) as lost:
        opened(port)
    assert str(lost.value).startswith(port)
    assert "plugged in: 0400:c35a virtual card reader" in str(lost.value)
    assert "0001" not in str(lost.value)


def test_one_of_two_alike_is_chosen_by_its_serial_number(bulk: VirtualReader) -> None:
    opened(f"usb://0400:C35A/0001?bus={bulk.port.bus}").close()
    with pytest.raises(DeviceLost, match="there is no USB device 0400:c35a and serial number 7"):
        opened(f"usb://0400:C35A/7?bus={bulk.port.bus}")


def test_endpoints_are_chosen_in_the_address(bulk: VirtualReader) -> None:
    opened(f"{bulk.port.address}&out=0x02&in=0x81").close()
    with pytest.raises(DeviceLost, match="no such endpoints"):
        opened(f"{bulk.port.address}&out=0x03&in=0x81")


@pytest.mark.parametrize("kind", ["usb", "hid", "usb-split"])
def test_a_device_that_is_nowhere_on_this_machine_is_one_clear_line(kind: str) -> None:
    line = make_line(f"{kind}://fffe:fffe", 0, CLOCK, "card reader")
    assert not line.is_there()
    with pytest.raises(DeviceLost, match="cannot open the card reader: ") as lost:
        line.open()
    assert "\n" not in str(lost.value)


def test_opening_and_closing_leave_nothing_open(reader: VirtualReader) -> None:
    opened(reader.port.address).close()
    hosts = len(reader.port.hosts)
    for _ in range(5):
        line = opened(reader.port.address)
        line.open()
        line.close()
        line.close()
    until = CLOCK.monotonic() + PATIENCE
    while len(reader.port.hosts) > hosts and CLOCK.monotonic() < until:
        CLOCK.sleep(0.001)
    assert len(reader.port.hosts) <= hosts
