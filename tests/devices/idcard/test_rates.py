"""The baud rate is found, remembered, raised; the twin obeys it on the pseudo-terminal, as a real reader does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import Clock, SystemClock
from devices.device import DeviceState, HealthLevel
from devices.drivers import DriverConfigError, build_device
from devices.idcard.cards import CARDS
from devices.idcard.rates import RATES, is_tunable
from devices.idcard.resampling import resampled
from devices.idcard.sam import Requests, VirtualSam
from devices.idcard.sdt import Options, SdtReader, create
from devices.idcard.twin import IdCardTwin
from devices.lines import make_line
from devices.lines.line import Line
from tests.devices.idcard.lines import virtual_reader
from tests.devices.idcard.memory_line import Deliveries, MemoryLine, VirtualClock

CLOCK = SystemClock()
rates = st.sampled_from(RATES)


@pytest.mark.parametrize("rate", RATES)
def test_a_reader_is_found_at_its_rate_and_read(rate: int, tmp_path: Path) -> None:
    with virtual_reader(tmp_path) as twin:
        twin.do("baud", {"rate": str(rate)})
        twin.do("lay", {})
        reader = create("card_reader", Options(port=twin.port, baud=0), CLOCK)
        reader.open()
        assert reader.read().name == "测试甲"
        assert f"answers at {rate} baud" in reader.check_health(HealthLevel.STATUS).findings
        reader.close()


def test_the_rate_that_was_found_is_tried_first_the_next_time(tmp_path: Path) -> None:
    tried: list[int] = []

    def open_line(port: str, baud: int, clock: Clock, what: str) -> Line:
        tried.append(baud)
        return make_line(port, baud, clock, what)

    with virtual_reader(tmp_path) as twin:
        twin.do("baud", {"rate": "38400"})
        reader = SdtReader("card_reader", Options(port=twin.port, baud=0), CLOCK, open_line)
        reader.open()
        reader.close()
        assert tried == [115200, 57600, 38400]
        reader.open()
        assert reader.status().state is DeviceState.ONLINE
        assert tried == [115200, 57600, 38400]
        reader.close()


def test_a_slow_reader_is_raised_where_that_is_wanted(tmp_path: Path) -> None:
    with virtual_reader(tmp_path) as twin:
        twin.do("baud", {"rate": "19200"})
        reader = create("card_reader", Options(port=twin.port, baud=0, raise_baud=True), CLOCK)
        reader.open()
        twin.do("lay", {})
        assert reader.read().name == "测试甲"
        assert twin.state()["baud"] == 115200
        reader.close()


def test_a_reader_that_comes_up_later_at_another_rate_is_found_then() -> None:
    clock, sam, requests = VirtualClock(), VirtualSam(), Requests()
    heard_at: list[int] = []  # the rate of the reader, once it is on

    def open_line(port: str, baud: int, _: Clock, what: str) -> Line:
        def hear(data: bytes) -> Deliveries:
            return [(0.02, sam.answer(asked)) for asked in requests.feed(data)] if baud in heard_at else []

        return MemoryLine(clock, hear)

    reader = SdtReader("card_reader", Options(port="memory", baud=0), clock, open_line)
    reader.open()
    assert reader.status().state is DeviceState.OFFLINE
    heard_at.append(38400)
    assert reader.status().state is DeviceState.ONLINE
    sam.lay(CARDS["ceshijia"])
    assert reader.read().name == "测试甲"


def test_a_reader_at_another_rate_than_the_configured_one_does_not_answer(tmp_path: Path) -> None:
    with virtual_reader(tmp_path) as twin:
        twin.do("baud", {"rate": "9600"})
        reader = create("card_reader", Options(port=twin.port), CLOCK)
        reader.open()
        assert reader.status().state is not DeviceState.ONLINE
        reader.close()


@pytest.mark.parametrize(
    ("port", "has_one"),
    [("/dev/ttyUSB0", True), ("rfc2217://host:4000", True), ("socket://host:4000", False), ("usb://0400:c35a", False)],
)
def test_only_some_wires_have_a_rate(port: str, has_one: bool) -> None:
    assert is_tunable(port) is has_one


def test_an_impossible_rate_stops_at_once() -> None:
    section = {"driver": "idcard.sdt", "port": "/dev/null", "baud": 1200}
    with pytest.raises(DriverConfigError, match="baud = 1200"):
        build_device("card_reader", section, CLOCK)


@given(st.binary(max_size=60), rates)
def test_at_the_same_rate_nothing_changes(data: bytes, rate: int) -> None:
    assert resampled(data, rate, rate) == data


@given(st.binary(min_size=20, max_size=60), rates, rates)
def test_at_another_rate_other_bytes_are_heard(data: bytes, sent: int, heard: int) -> None:
    assert sent == heard or resampled(data, sent, heard) != data


def test_the_twin_tells_its_rate(tmp_path: Path) -> None:
    twin = IdCardTwin(CLOCK)
    assert twin.state()["baud"] == 115200
