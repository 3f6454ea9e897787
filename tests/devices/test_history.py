"""What happened to the devices is kept for the technician, over restarts and power losses, and never without end."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import SystemClock
from devices.device import Action, DeviceState, DeviceStatus
from devices.history import KEPT, LARGEST, Change, DeviceHistory


class NoonClock(SystemClock):
    def now(self) -> datetime:
        return datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "devices.jsonl"


def test_a_change_is_there_after_a_restart(path: Path) -> None:
    DeviceHistory(path, NoonClock()).note("reader", DeviceStatus(DeviceState.OFFLINE, "gone", Action.CONFIGURE), "dark")
    assert DeviceHistory(path, NoonClock()).changes() == [
        Change("2026-11-24T12:00:00+00:00", "reader", "offline", "dark; gone", "configure")
    ]


def test_the_last_changes_of_each_device_are_kept_and_the_file_stays_small(path: Path) -> None:
    history = DeviceHistory(path, NoonClock())
    history.note("quiet", DeviceStatus(DeviceState.ONLINE))
    for number in range(3000):
        history.note("wobbly", DeviceStatus(DeviceState.OFFLINE, f"{number} " + "x" * 100))
    assert path.stat().st_size <= LARGEST
    assert [change.device for change in history.changes("quiet")] == ["quiet"]
    wobbly = history.changes("wobbly")
    assert len(wobbly) == KEPT
    assert wobbly[-1].message.startswith("2999 ")


@given(rubbish=st.binary(max_size=200))
def test_a_damaged_line_costs_that_line(rubbish: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("history") / "devices.jsonl"
    path.write_bytes(rubbish + b"\n")
    history = DeviceHistory(path, NoonClock())
    history.note("reader", DeviceStatus(DeviceState.ONLINE))
    assert history.changes("reader")[-1].state == "online"


def test_no_place_to_write_is_no_event(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = DeviceHistory(tmp_path / "file" / "devices.jsonl", NoonClock())
    history.note("reader", DeviceStatus(DeviceState.ONLINE))
    assert history.changes() == []


def test_several_devices_write_at_once(path: Path) -> None:
    history = DeviceHistory(path, NoonClock())
    writers = [
        threading.Thread(target=lambda name=name: [history.note(name, DeviceStatus(DeviceState.ONLINE))] * 3)
        for name in ("reader", "printer", "scanner")
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(change.device for change in history.changes()) == ["printer", "reader", "scanner"]
