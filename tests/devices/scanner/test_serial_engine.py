"""The serial scan engine over a pseudo-terminal: codes as lines of bytes, however they arrive."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import SystemClock
from devices.device import CommandCancelled, DeviceLost, DeviceState, HealthLevel
from devices.pty_port import PtyPort
from devices.scanner.contract import Code
from devices.scanner.lines import LONGEST, LineCutter
from devices.scanner.serial_engine import Options, SerialEngine, create
from devices.scanner.twin import ScannerTwin
from devices.twin import UnknownVerb
from tests.devices.clock_ahead import ClockAhead


@pytest.fixture
def clock() -> ClockAhead:
    return ClockAhead()


@pytest.fixture
def engine(twin: ScannerTwin, clock: ClockAhead) -> Iterator[SerialEngine]:
    device = create("code_scanner", Options(port=twin.port), clock)
    device.open()
    yield device
    device.close()


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[PtyPort]:
    """A bare line, to send any bytes at all."""
    port = PtyPort(tmp_path / "wire.tty", lambda _data: None)
    port.plug()
    yield port
    port.unplug()


@pytest.fixture
def on_wire(wire: PtyPort, clock: ClockAhead) -> Iterator[SerialEngine]:
    device = create("code_scanner", Options(port=wire.address), clock)
    device.open()
    yield device
    device.close()


@pytest.mark.parametrize("text", ["OEB1:M:resident-medical-insurance", "社保参保证明（示例）", "𠮷野家"])
def test_a_scanned_code_comes_out_as_it_is(twin: ScannerTwin, engine: SerialEngine, text: str) -> None:
    twin.do("scan", {"text": text})
    assert engine.read_code(2) == Code("unknown", text)
    assert twin.state() == {"plugged": True, "scans": 1, "last": text, "fault": ""}


def test_the_twin_decodes_the_picture_it_is_shown(twin: ScannerTwin, engine: SerialEngine, tmp_path: Path) -> None:
    segno.make("OEB1:C:330381-000042", micro=False).save(str(tmp_path / "code.png"), scale=6)
    twin.do("scan", {"image": str(tmp_path / "code.png")})
    assert engine.read_code(2) == Code("unknown", "OEB1:C:330381-000042")


def test_no_code_is_a_value(engine: SerialEngine) -> None:
    assert engine.read_code(0.15) is None


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_every_line_end_will_do(wire: PtyPort, on_wire: SerialEngine, end: bytes) -> None:
    wire.write(b"first" + end + b"second" + end)
    assert [on_wire.read_code(1), on_wire.read_code(1)] == [Code("unknown", "first"), Code("unknown", "second")]


def test_gb18030_from_the_engine_is_understood(wire: PtyPort, on_wire: SerialEngine) -> None:
    wire.write("瑞安市市民之家".encode("gb18030") + b"\r")
    assert on_wire.read_code(1) == Code("unknown", "瑞安市市民之家")


def test_one_byte_at_a_time_is_joined(twin: ScannerTwin, engine: SerialEngine) -> None:
    twin.do("fault", {"kind": "one_byte_at_a_time"})
    twin.do("scan", {"text": "WZ20260101000042"})
    assert engine.read_code(2) == Code("unknown", "WZ20260101000042")


def test_garbage_is_passed_over(twin: ScannerTwin, engine: SerialEngine) -> None:
    twin.do("fault", {"kind": "garbage"})
    twin.do("scan", {"text": "lost"})
    assert engine.read_code(0.3) is None
    assert engine.status().message.startswith("the last code was refused: ")
    twin.do("scan", {"text": "good"})
    assert engine.read_code(2) == Code("unknown", "good")
    assert engine.status().message == ""


def test_half_a_code_is_not_joined_to_the_next(twin: ScannerTwin, engine: SerialEngine, clock: ClockAhead) -> None:
    twin.do("fault", {"kind": "half"})
    twin.do("scan", {"text": "330381202601010042"})
    assert engine.read_code(0.2) is None
    clock.ahead += 0.6
    assert engine.read_code(0.2) is None
    twin.do("scan", {"text": "330381202601010042"})
    assert engine.read_code(2) == Code("unknown", "330381202601010042")


def test_over_long_input_is_dropped_up_to_its_end(wire: PtyPort, on_wire: SerialEngine) -> None:
    wire.write(b"7" * 3000 + b"\r" + b"after\r")
    assert on_wire.read_code(2) == Code("unknown", "after")


def test_a_code_read_twice_in_a_moment_counts_once(twin: ScannerTwin, engine: SerialEngine, clock: ClockAhead) -> None:
    for text in ("again", "again", "other"):
        twin.do("scan", {"text": text})
    assert engine.read_code(2) == Code("unknown", "again")
    assert engine.read_code(2) == Code("unknown", "other")
    clock.ahead += 1.1
    twin.do("scan", {"text": "again"})
    assert engine.read_code(2) == Code("unknown", "again")


def test_what_was_scanned_long_before_anybody_asked_is_forgotten(
    twin: ScannerTwin, engine: SerialEngine, clock: ClockAhead
) -> None:
    twin.do("scan", {"text": "the last visitor's"})
    clock.ahead += 60
    assert engine.read_code(0.3) is None


def test_a_wait_is_cancelled_from_another_thread(engine: SerialEngine) -> None:
    canceller = threading.Timer(0.2, engine.cancel)
    canceller.start()
    with pytest.raises(CommandCancelled):
        engine.read_code(20)
    canceller.join()


def test_unplugged_is_lost_and_plugged_in_again_it_reads(twin: ScannerTwin, engine: SerialEngine) -> None:
    puller = threading.Timer(0.2, twin.do, ("unplug", {}))
    puller.start()
    with pytest.raises(DeviceLost):
        engine.read_code(5)
    puller.join()
    with pytest.raises(DeviceLost):
        engine.status()
    assert not engine.check_health(HealthLevel.STATUS).healthy
    with pytest.raises(DeviceLost, match="check its cable"):
        engine.open()
    twin.do("plug", {})
    engine.open()
    assert engine.status().state is DeviceState.ONLINE
    twin.do("scan", {"text": "back"})
    assert engine.read_code(2) == Code("unknown", "back")


def test_the_status_notices_a_pulled_cable_with_nobody_reading(twin: ScannerTwin, engine: SerialEngine) -> None:
    assert engine.status().state is DeviceState.ONLINE
    twin.do("unplug", {})
    with pytest.raises(DeviceLost):
        engine.status()


def test_a_port_that_is_not_there_is_lost(tmp_path: Path) -> None:
    for port in (str(tmp_path / "none"), "socket://127.0.0.1:1", "nonsense://x"):
        with pytest.raises(DeviceLost):
            create("code_scanner", Options(port=port), SystemClock()).open()


def test_a_prefix_is_taken_off_and_asked_for(wire: PtyPort) -> None:
    device = create("code_scanner", Options(port=wire.address, prefix="QR|", suffix="\t"), SystemClock())
    device.open()
    wire.write(b"noise\rQR|good\t")
    assert device.read_code(2) == Code("unknown", "good")
    device.close()


def test_health_says_whether_a_code_came(twin: ScannerTwin, engine: SerialEngine) -> None:
    twin.do("scan", {"text": "held up"})
    assert engine.check_health(HealthLevel.INTERACTIVE).healthy


@given(st.lists(st.binary(max_size=40)), st.integers(1, 9))
def test_lines_are_the_same_however_they_are_cut(parts: list[bytes], step: int) -> None:
    stream = b"\r".join(parts) + b"\n"
    whole = LineCutter().feed(stream)
    cutter, pieces = LineCutter(), [stream[at : at + step] for at in range(0, len(stream), step)]
    assert [line for piece in pieces for line in cutter.feed(piece)] == whole
    assert whole == [line for line in stream.replace(b"\r", b"\n").split(b"\n") if line]
    assert all(len(line) <= LONGEST for line in whole)


@pytest.mark.parametrize(
    ("verb", "arguments", "words"),
    [
        ("dance", {}, "known: scan, fault"),
        ("scan", {}, "needs text=… or image=FILE"),
        ("scan", {"image": "/nowhere.png"}, "no such file"),
        ("scan", {"colour": "red"}, "known: text, image"),
        ("fault", {"kind": "smoke"}, "known: garbage, half"),
        ("fault", {}, "needs kind="),
        ("delay", {"seconds": "soon"}, "0 to 30"),
    ],
)
def test_the_twin_says_what_it_knows(twin: ScannerTwin, verb: str, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UnknownVerb, match=words):
        twin.do(verb, arguments)
