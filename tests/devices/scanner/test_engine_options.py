"""What engines are set to: frames around a code, AIM identifiers, a beam that is told when, lines of a passport."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.pty_port import PtyPort
from devices.scanner.contract import Code
from devices.scanner.lines import LineCutter
from devices.scanner.serial_engine import Options, create

TD3 = (b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", b"L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.fixture
def told() -> queue.Queue[bytes]:
    return queue.Queue()


@pytest.fixture
def wire(tmp_path: Path, told: queue.Queue[bytes]) -> Iterator[PtyPort]:
    port = PtyPort(tmp_path / "wire.tty", told.put)
    port.plug()
    yield port
    port.unplug()


@pytest.mark.parametrize(
    ("options", "sent", "code"),
    [
        ({"prefix": r"\x02", "suffix": r"\x03"}, b"\x02good\x03\r\n", Code("unknown", "good")),
        ({"aim": True}, b"]Q1good\r", Code("QRCode", "good")),
        ({"aim": True}, b"]C0330381\r", Code("Code128", "330381")),
        ({"aim": True}, b"good\r", Code("unknown", "good")),
        ({"trigger_reply": r"\x06"}, b"\x06good\r", Code("unknown", "good")),
    ],
)
def test_an_engine_is_understood_as_it_is_set(wire: PtyPort, options: dict[str, str], sent: bytes, code: Code) -> None:
    device = create("code_scanner", Options(port=wire.address, **options), SystemClock())
    device.open()
    wire.write(sent)
    assert device.read_code(2) == code
    device.close()


def test_the_beam_is_started_for_a_wait_and_stopped_when_the_device_is_closed(
    wire: PtyPort, told: queue.Queue[bytes]
) -> None:
    options = Options(port=wire.address, trigger_on=r"\x16T\r", trigger_off=r"\x16U\r")
    device = create("code_scanner", options, SystemClock())
    device.open()
    assert device.read_code(0.2) is None
    assert told.get(timeout=2) == b"\x16T\r"
    device.reset()
    assert told.get(timeout=2) == b"\x16U\r"
    device.close()


@pytest.mark.parametrize(("key", "value"), [("prefix", r"\q"), ("baud", -1)])
def test_an_option_that_cannot_be_is_named(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"key '{key}'"):
        Options(port="/dev/null", **{key: value})


@pytest.mark.parametrize("end", [b"\r", b"\r\n"])
@pytest.mark.parametrize("prefix", [b"", b"\x02"])
def test_the_lines_of_a_zone_are_one_payload(end: bytes, prefix: bytes) -> None:
    assert LineCutter(prefix).feed(prefix + end.join(TD3) + end) == [b" ".join(TD3)]


def test_a_line_that_only_looked_like_a_zone_is_handed_over_in_the_silence() -> None:
    cutter = LineCutter()
    assert cutter.feed(TD3[0] + b"\r") == []
    assert cutter.silence() == [TD3[0]]
