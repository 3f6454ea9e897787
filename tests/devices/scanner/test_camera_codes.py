"""Codes held under the document camera: frames over HTTP, through OpenCV, to the reader."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.camera import opencv
from devices.camera.twin import CameraTwin
from devices.clock import SystemClock
from devices.device import CommandCancelled, DeviceLost, DeviceState, HealthLevel
from devices.scanner.camera_codes import CameraCodes, Options, create
from devices.scanner.contract import Code
from tests.devices.clock_ahead import ClockAhead


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[CameraTwin]:
    twin = CameraTwin(SystemClock())
    twin.start(tmp_path)
    yield twin
    twin.stop()


@pytest.fixture
def clock() -> ClockAhead:
    return ClockAhead()


@pytest.fixture
def reader(twin: CameraTwin, tmp_path: Path, clock: ClockAhead) -> Iterator[CameraCodes]:
    source = opencv.Options(source=str(tmp_path / "document_camera.url"), read_timeout=0.5)
    camera = opencv.create("document_camera", source, clock)
    camera.open()
    device = create("code_camera", Options(), clock, camera)
    device.open()
    yield device
    device.close()
    camera.close()


@pytest.mark.parametrize(
    ("text", "symbology", "blur"),
    [
        ("OEB1:M:social-insurance-certificate", "QRCode", "0.6"),
        ("社保参保证明（示例）", "QRCode", "2.5"),
        ("WZ20260101000042", "Code128", "0.6"),
        ("OEB1:C:330381-000042", "DataMatrix", "0.6"),
    ],
)
def test_a_code_held_up_is_read(twin: CameraTwin, reader: CameraCodes, text: str, symbology: str, blur: str) -> None:
    twin.do("hold_code", {"text": text, "symbology": symbology, "blur": blur})
    assert reader.read_code(5) == Code(symbology, text)


def test_no_code_is_a_value(reader: CameraCodes) -> None:
    assert reader.read_code(0.3) is None


def test_a_code_that_stays_in_view_counts_once(twin: CameraTwin, reader: CameraCodes, clock: ClockAhead) -> None:
    twin.do("hold_code", {"text": "once"})
    assert reader.read_code(5) == Code("QRCode", "once")
    assert reader.read_code(0.5) is None
    twin.do("remove_code", {})
    assert reader.read_code(0.3) is None
    clock.ahead += 1.1
    twin.do("hold_code", {"text": "once"})
    assert reader.read_code(5) == Code("QRCode", "once")


def test_a_code_with_a_command_in_it_is_passed_over(twin: CameraTwin, reader: CameraCodes) -> None:
    twin.do("hold_code", {"text": "\x1b[2Jhello"})
    assert reader.read_code(0.5) is None


def test_a_wait_is_cancelled_from_another_thread(reader: CameraCodes) -> None:
    canceller = threading.Timer(0.2, reader.cancel)
    canceller.start()
    with pytest.raises(CommandCancelled):
        reader.read_code(20)
    canceller.join()


def test_a_camera_pulled_out_is_lost(twin: CameraTwin, reader: CameraCodes) -> None:
    assert reader.status().state is DeviceState.ONLINE
    puller = threading.Timer(0.2, twin.do, ("unplug", {"camera": "document"}))
    puller.start()
    with pytest.raises(DeviceLost):
        reader.read_code(5)
    puller.join()
    assert reader.status().state is DeviceState.NO_DEVICE
    assert not reader.check_health(HealthLevel.STATUS).healthy
