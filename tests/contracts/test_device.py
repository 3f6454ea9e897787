"""What every device keeps, whatever its class: states, errors with an action, time limits, cancel, hot-plug."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from devices.clock import SystemClock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceError,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.drivers import known_drivers
from tests.contracts.rig import Rig, known_rigs

CLOCK = SystemClock()
PATIENCE = threading.Event()  # never set
XFS_CODES = {
    "noMedia",
    "invalidMedia",
    "cardCollision",
    "securityFail",
    "timeOut",
    "deviceNotReady",
    "hardwareError",
    "internalError",
    "cancelled",
    "unsupportedCommand",
    "invalidData",
}
AWAY = (DeviceState.OFFLINE, DeviceState.NO_DEVICE, DeviceState.HARDWARE_ERROR)


def told_well(error: DeviceError) -> None:
    """One line for a technician, a code of XFS4IoT, an action."""
    assert str(error)
    assert "\n" not in str(error)
    assert error.code in XFS_CODES
    assert isinstance(error.action, Action)


def looked_at(device: Any) -> DeviceState | str:
    """The state, or the code of the error that asking ended in."""
    try:
        status = device.status()
    except DeviceError as error:
        told_well(error)
        return error.code
    assert isinstance(status, DeviceStatus)
    assert "\n" not in status.message
    return status.state


def open_for_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_every_driver_has_a_rig() -> None:
    assert {module.DRIVER for module in known_rigs().values()} == set(known_drivers())


@pytest.mark.parametrize("driver", known_drivers())
def test_a_driver_is_usable_without_qt_and_without_the_rest(driver: str) -> None:
    program = (
        f"import sys, devices.{driver}; "
        "print(*{name.partition('.')[0] for name in sys.modules} & {'PySide6', 'kiosk', 'flows', 'center'})"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.strip() == ""


def test_it_says_what_it_is_before_it_is_opened(rig: Rig) -> None:
    told = rig.device.capabilities
    assert isinstance(told, Capabilities)
    assert told.device_class in ("CardReader", "BarcodeReader", "Camera", "Printer")
    assert told.model


def test_opened_it_is_online_and_works(opened: Rig) -> None:
    assert looked_at(opened.device) is DeviceState.ONLINE
    opened.work()
    assert looked_at(opened.device) is DeviceState.ONLINE


def test_opening_and_closing_twice_is_no_event(opened: Rig) -> None:
    opened.device.open()
    opened.work()
    opened.device.close()
    opened.device.close()
    opened.device.open()
    opened.work()


def test_opening_and_closing_leaves_no_descriptor_behind(rig: Rig) -> None:
    rig.device.open()
    rig.work()
    rig.device.close()
    before = open_for_descriptors()
    for _ in range(5):
        rig.device.open()
        rig.device.status()
        rig.device.close()
    until = CLOCK.monotonic() + 5
    while (left := open_for_descriptors()) > before and CLOCK.monotonic() < until:
        PATIENCE.wait(0.02)  # the twin's own ends are still closing
    assert left <= before


def test_a_device_that_is_away_is_named_with_what_to_do(rig: Rig) -> None:
    rig.pull()
    assert opened_or_why(rig.device) == "deviceNotReady" or looked_at(rig.device) in AWAY  # seen through a camera


def opened_or_why(device: Any) -> str:
    try:
        device.open()
    except DeviceError as error:
        told_well(error)
        return error.code
    return ""


def test_pulled_it_is_away_and_plugged_in_it_works_again(opened: Rig) -> None:
    opened.work()
    opened.pull()
    assert looked_at(opened.device) in (*AWAY, "deviceNotReady")
    with pytest.raises((DeviceError, AssertionError)) as refused:
        opened.work()
    if isinstance(refused.value, DeviceError):
        told_well(refused.value)
    opened.device.close()
    opened.plug()
    opened.device.open()
    opened.work()
    assert looked_at(opened.device) is DeviceState.ONLINE


def test_pulled_and_plugged_ten_times_it_works(opened: Rig) -> None:
    for _ in range(10):
        opened.pull()
        looked_at(opened.device)
        opened.device.close()
        opened.plug()
        opened.device.open()
    opened.work()


def test_a_glance_costs_nothing_and_sees_the_cable_pulled(opened: Rig) -> None:
    opened.work()
    looked_at(opened.device)
    assert opened.device.glance() is False
    opened.pull()
    if not opened.device.glance():  # a wire that cannot tell by itself is asked
        assert looked_at(opened.device) in (*AWAY, "deviceNotReady")


def test_a_device_that_falls_silent_is_found_out_in_time(opened: Rig) -> None:
    opened.work()
    opened.mute(True)
    started = CLOCK.monotonic()
    with pytest.raises((DeviceError, AssertionError)) as refused:
        opened.work()
    assert CLOCK.monotonic() - started < opened.patience + 10
    if isinstance(refused.value, DeviceError):
        told_well(refused.value)
    opened.mute(False)
    opened.device.reset()
    opened.work()


def test_rubbish_on_the_wire_ends_in_a_named_error(opened: Rig) -> None:
    if opened.garble is None:
        assert looked_at(opened.device) is DeviceState.ONLINE
        return
    opened.garble()
    state = looked_at(opened.device)
    assert state in (*AWAY, "hardwareError", "timeOut")


@pytest.mark.parametrize("level", [HealthLevel.STATUS, HealthLevel.SELF_TEST])
def test_its_health_is_told_at_each_level(level: HealthLevel, opened: Rig) -> None:
    report = opened.device.check_health(level)
    assert isinstance(report, HealthReport)
    assert report.healthy, report.findings
    assert report.level is level


def test_the_health_of_a_pulled_device_is_a_report_with_an_action(opened: Rig) -> None:
    opened.pull()
    for level in (HealthLevel.STATUS, HealthLevel.SELF_TEST):
        try:
            report = opened.device.check_health(level)
        except DeviceError as error:
            told_well(error)
            continue
        assert not report.healthy
        assert report.findings
        assert report.action is not None


def test_a_reset_brings_it_back_and_refuses_when_it_is_away(opened: Rig) -> None:
    opened.device.reset()
    opened.work()
    opened.pull()
    with pytest.raises(DeviceError) as refused:
        opened.device.reset()
    told_well(refused.value)


def test_a_command_is_cancelled_from_another_thread_and_the_next_one_works(opened: Rig) -> None:
    if opened.linger is None:
        opened.device.cancel()
        opened.work()
        return
    begun, linger = threading.Event(), opened.linger
    ended: list[BaseException | None] = []

    def command() -> None:
        begun.set()
        try:
            linger()
        except DeviceError as error:
            ended.append(error)

    thread = threading.Thread(target=command)
    thread.start()
    begun.wait()
    started = CLOCK.monotonic()
    while thread.is_alive():  # a cancel before the command has begun is past when it begins
        opened.device.cancel()
        thread.join(0.05)
    assert CLOCK.monotonic() - started < 2.0
    assert [type(error) for error in ended] == [CommandCancelled]
    opened.work()


def test_a_cancel_with_nothing_under_way_harms_nothing(opened: Rig) -> None:
    opened.device.cancel()
    opened.work()
