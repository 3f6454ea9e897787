"""Building devices from configuration: every mistake is one line that names what is known."""

from collections.abc import Mapping

import pytest

from devices.clock import SystemClock
from devices.drivers import DriverConfigError, build_device, build_devices, known_drivers

CLOCK = SystemClock()


def test_drivers_are_found_by_their_files() -> None:
    assert {"idcard.sdt", "scanner.serial_engine", "scanner.camera_codes", "camera.opencv"} <= set(known_drivers())


def test_a_device_that_looks_through_another_may_come_first() -> None:
    sections = {
        "code_camera": {"driver": "scanner.camera_codes", "camera": "document_camera"},
        "document_camera": {"driver": "camera.opencv", "source": "x.url", "open_timeout": 2},
    }
    assert list(build_devices(sections, CLOCK)) == ["code_camera", "document_camera"]


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({}, "[devices.it] missing key 'driver'; known drivers: camera.opencv, idcard.sdt"),
        ({"driver": "idcard.sd"}, "[devices.it] unknown driver 'idcard.sd'; known: camera.opencv"),
        ({"driver": "os.path"}, "[devices.it] unknown driver 'os.path'"),
        ({"driver": "idcard.sdt", "bauds": 1}, "[devices.it] unknown key 'bauds'; known: driver, port, baud"),
        ({"driver": "idcard.sdt", "baud": "9600"}, "[devices.it] key 'baud' is to be a whole number, not '9600'"),
        ({"driver": "idcard.sdt", "baud": True}, "[devices.it] key 'baud' is to be a whole number, not True"),
        ({"driver": "idcard.sdt", "newest_address": 1}, "is to be true or false, not 1"),
        ({"driver": "scanner.camera_codes", "camera": "eye"}, 'camera = "eye" is no device; known: none'),
    ],
)
def test_what_is_wrong_is_one_line(section: Mapping[str, object], words: str) -> None:
    with pytest.raises(DriverConfigError) as refused:
        build_device("it", section, CLOCK)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
