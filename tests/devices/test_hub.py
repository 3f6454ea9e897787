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

    def glance(self) -> bool:
        return False

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


class HandClock(SystemClock):
    """Stands still for the hub until it is moved: how long a contact was loose is the test's to say."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        return self.passed


class Loose:
    """A port that says at once, and truly, whether its node is there; counts how often it was asked."""

    name = "loose"
    capabilities = Capabilities("CardReader", "loose")

    def __init__(self) -> None:
        self.there = True
        self.seen = True
        self.asked = 0
        self.looked = threading.Event()
        self.glanced = threading.Event()

    def open(self) -> None:
        self.seen = self.there
        self.looked.set()
        if not self.there:
            raise DeviceLost("loose: gone")

    def status(self) -> DeviceStatus:
        self.asked += 1
        self.open()
        return DeviceStatus(DeviceState.ONLINE)

    def glance(self) -> bool:
        self.glanced.set()
        return self.seen != self.there

    def check_health(self, level: HealthLevel) -> HealthReport:
        return HealthReport(level, True)

    def close(self) -> None: ...
    def reset(self) -> None: ...
    def cancel(self) -> None: ...


class Shaken:
    """A hub whose one device comes and goes by hand, on a clock moved by hand."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.device = Loose()
        self.heard: queue.Queue[DeviceState] = queue.Queue()
        self.hub = Hub({"loose": self.device}, self.clock, lambda _, status: self.heard.put(status.state))

    def turns(self, *, there: bool) -> None:
        """Returns once the hub has looked and made up its mind: then it glances again."""
        self.device.looked.clear()
        self.device.there = there
        assert self.device.looked.wait(6)
        self.device.glanced.clear()
        assert self.device.glanced.wait(6)


@pytest.fixture
def shaken() -> Iterator[Shaken]:
    shaken = Shaken()
    shaken.hub.start()
    assert shaken.heard.get(timeout=6) is DeviceState.ONLINE
    yield shaken
    shaken.hub.stop()


@pytest.mark.parametrize("seconds", [0.1, 0.15])
def test_a_loose_contact_is_not_told(seconds: float, shaken: Shaken) -> None:
    shaken.turns(there=False)
    shaken.clock.passed += seconds
    shaken.turns(there=True)
    shaken.clock.passed += 1
    shaken.turns(there=False)
    shaken.clock.passed += 0.2
    assert shaken.heard.get(timeout=6) is DeviceState.OFFLINE


def test_an_absence_is_told_within_a_fifth_of_a_second(shaken: Shaken) -> None:
    shaken.turns(there=False)
    shaken.clock.passed += 0.2
    assert shaken.heard.get(timeout=6) is DeviceState.OFFLINE


def test_what_comes_back_is_told_without_a_pause(shaken: Shaken) -> None:
    shaken.turns(there=False)
    shaken.clock.passed += 0.2
    assert shaken.heard.get(timeout=6) is DeviceState.OFFLINE
    shaken.turns(there=True)
    assert shaken.heard.get(timeout=6) is DeviceState.ONLINE


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


def test_a_command_whose_caller_gave_up_is_never_done_later(hub: Hub, stuck: Stuck, heard: Heard) -> None:
    assert state_of("stuck", heard) is DeviceState.ONLINE
    begun, done = threading.Event(), []

    def blocks(_: Stuck) -> bool:
        begun.set()
        return stuck.let_go.wait(20)

    first = threading.Thread(target=hub.run, args=("stuck", blocks, 20))
    first.start()
    assert begun.wait(6)
    with pytest.raises(DeviceTimeout):
        hub.run("stuck", lambda _: done.append("begun"), timeout=0.1)
    stuck.let_go.set()
    first.join(6)
    assert hub.run("stuck", lambda _: "the next", timeout=5) == "the next"
    assert done == []


def test_a_driver_that_never_returns_is_left_behind_and_a_new_one_takes_its_place(heard: Heard) -> None:
    built: list[Stuck] = [Stuck()]

    def renew(name: str) -> dict[str, Stuck]:
        built.append(Stuck())
        return {name: built[-1]}

    clock = FastClock()
    hub = Hub({"stuck": built[0]}, clock, lambda name, status: heard.put((name, status)), renew)
    hub.start()
    try:
        assert state_of("stuck", heard) is DeviceState.ONLINE
        with pytest.raises(DeviceTimeout):
            hub.run("stuck", lambda device: device.check_health(HealthLevel.STATUS), timeout=0.2)
        assert state_of("stuck", heard) is DeviceState.HARDWARE_ERROR
        assert state_of("stuck", heard) is DeviceState.ONLINE
        assert hub.run("stuck", lambda device: device, timeout=50) is built[1]
        built[0].let_go.set()
        with pytest.raises(queue.Empty):
            heard.get(timeout=0.3)
    finally:
        for device in built:
            device.let_go.set()
        hub.stop()


class FastClock(SystemClock):
    """Ten times as fast, so that nobody waits for the hub's patience."""

    def monotonic(self) -> float:
        return super().monotonic() * 10
