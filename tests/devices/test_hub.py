"""The hub with the real card driver and a virtual reader; and with drivers that never return."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import (
    Capabilities,
    CommandCancelled,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    DeviceTimeout,
    HealthLevel,
    HealthReport,
)
from devices.drivers import build_device
from devices.hub import Hub
from devices.idcard.sdt import SdtReader
from devices.idcard.twin import IdCardTwin
from tests.devices.idcard.lines import virtual_reader

CLOCK = SystemClock()
Heard = queue.Queue[tuple[str, DeviceStatus]]


class Stuck:
    """A driver whose commands return only when let go, whatever is cancelled."""

    name = "stuck"
    capabilities = Capabilities("CardReader", "stuck")

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def open(self) -> None: ...
    def close(self) -> None: ...
    def reset(self) -> None: ...
    def cancel(self) -> None: ...

    def status(self) -> DeviceStatus:
        return DeviceStatus(DeviceState.ONLINE)

    def check_health(self, level: HealthLevel) -> HealthReport:
        self.let_go.wait()
        return HealthReport(level, True)


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[IdCardTwin]:
    with virtual_reader(tmp_path) as twin:
        yield twin


@pytest.fixture
def heard() -> Heard:
    return queue.Queue()


@pytest.fixture
def stuck() -> Stuck:
    return Stuck()


@pytest.fixture
def hub(twin: IdCardTwin, heard: Heard, stuck: Stuck) -> Iterator[Hub]:
    reader = build_device("card_reader", {"driver": "idcard.sdt", "port": twin.port}, CLOCK)
    hub = Hub({"card_reader": reader, "stuck": stuck}, CLOCK, lambda name, status: heard.put((name, status)))
    hub.start()
    yield hub
    stuck.let_go.set()
    hub.stop()


def state_of(name: str, heard: Heard) -> DeviceState:
    """The next change of this device; the other's are passed over."""
    while True:
        found, status = heard.get(timeout=6)
        if found == name:
            return status.state


def read(reader: SdtReader) -> str:
    return reader.read().name


def test_a_device_comes_up_and_takes_commands(hub: Hub, twin: IdCardTwin, heard: Heard) -> None:
    assert state_of("card_reader", heard) is DeviceState.ONLINE
    twin.do("lay", {})
    assert hub.run("card_reader", read, timeout=5) == "测试甲"
    assert hub.status("card_reader").state is DeviceState.ONLINE


def test_unplugged_is_told_and_plugged_is_told(hub: Hub, twin: IdCardTwin, heard: Heard) -> None:
    assert state_of("card_reader", heard) is DeviceState.ONLINE
    twin.do("unplug", {})
    assert state_of("card_reader", heard) is DeviceState.OFFLINE
    with pytest.raises(DeviceLost):
        hub.run("card_reader", read, timeout=5)
    twin.do("plug", {})
    assert state_of("card_reader", heard) is DeviceState.ONLINE
    twin.do("lay", {})
    assert hub.run("card_reader", read, timeout=5) == "测试甲"


class UnhurriedClock(SystemClock):
    """Runs at a fifth of the speed: a loaded test machine has five times as long to plug in again."""

    def monotonic(self) -> float:
        return super().monotonic() / 5


def test_a_loose_contact_is_not_told(twin: IdCardTwin, heard: Heard) -> None:
    reader = build_device("card_reader", {"driver": "idcard.sdt", "port": twin.port}, CLOCK)
    hub = Hub({"card_reader": reader}, UnhurriedClock(), lambda name, status: heard.put((name, status)))
    hub.start()
    try:
        assert state_of("card_reader", heard) is DeviceState.ONLINE
        twin.do("unplug", {})
        with pytest.raises(DeviceLost):
            hub.run("card_reader", read, timeout=5)
        twin.do("plug", {})
        with pytest.raises(queue.Empty):
            heard.get(timeout=1.2)
    finally:
        hub.stop()


def test_a_command_is_cancelled_when_the_page_is_left(hub: Hub) -> None:
    timer = threading.Timer(0.3, hub.cancel, ("card_reader",))
    timer.start()
    with pytest.raises(CommandCancelled):
        hub.run("card_reader", lambda reader: reader.wait_for_card(20), timeout=25)
    timer.join()


def test_a_command_that_takes_too_long_is_ended(hub: Hub) -> None:
    with pytest.raises(DeviceTimeout):
        hub.run("card_reader", lambda reader: reader.wait_for_card(20), timeout=0.4)
    assert hub.run("card_reader", lambda reader: reader.card_present(), timeout=5) is False


def test_a_driver_that_never_returns_costs_that_device_only(
    hub: Hub, twin: IdCardTwin, heard: Heard, stuck: Stuck
) -> None:
    assert state_of("stuck", heard) is DeviceState.ONLINE
    with pytest.raises(DeviceTimeout):
        hub.run("stuck", lambda device: device.check_health(HealthLevel.STATUS), timeout=0.2)
    assert state_of("stuck", heard) is DeviceState.HARDWARE_ERROR
    with pytest.raises(DeviceTimeout, match="never returned"):
        hub.run("stuck", lambda device: device.status(), timeout=5)
    twin.do("lay", {})
    assert hub.run("card_reader", read, timeout=5) == "测试甲"
    stuck.let_go.set()
    assert state_of("stuck", heard) is DeviceState.ONLINE


def test_an_error_of_the_command_is_the_callers(hub: Hub) -> None:
    with pytest.raises(ZeroDivisionError):
        hub.run("card_reader", lambda _: 1 // 0, timeout=5)
