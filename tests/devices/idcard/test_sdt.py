"""The driver against virtual readers, over a pseudo-terminal and over a socket, well and with every fault."""

import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import (
    CommandCancelled,
    DeviceError,
    DeviceLost,
    DeviceState,
    DeviceTimeout,
    HealthLevel,
    ProtocolError,
)
from devices.idcard.cards import CARDS
from devices.idcard.contract import CardError
from devices.idcard.reading import read_card_at
from devices.idcard.records import parse_record
from devices.idcard.sdt import Options, SdtReader, create
from devices.idcard.twin import IdCardTwin
from tests.devices.idcard.lines import WIRES, virtual_reader

CLOCK = SystemClock()


@pytest.fixture(params=WIRES)
def twin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IdCardTwin]:
    with virtual_reader(tmp_path, request.param) as twin:
        yield twin


@pytest.mark.parametrize("card", CARDS)
def test_reads_every_card(card: str, twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {"card": card})
    assert reader.card_present()
    assert reader.read() == parse_record(CARDS[card].text, CARDS[card].photo, date.today())  # noqa: DTZ011, TID251


def test_no_card_is_a_value(reader: SdtReader) -> None:
    assert not reader.card_present()
    with pytest.raises(CardError) as refused:
        reader.read()
    assert (refused.value.code, refused.value.action) == ("noMedia", "retry")


def test_reads_the_newest_address(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {"card": "moved"})
    card = reader.read(newest_address=True)
    assert (card.address, card.newest_address) == ("浙江省瑞安市测试路2号", "浙江省瑞安市新居路8号")


def test_a_card_without_a_newest_address_has_none(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    card = reader.read(newest_address=True)
    assert (card.newest_address, card.warnings) == (None, ())


@pytest.mark.parametrize("kind", ["damaged_preamble", "one_byte_at_a_time", "garbage"])
@pytest.mark.parametrize("on", ["find", "select", "read"])
def test_faults_of_the_wire_are_read_through(kind: str, on: str, twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {"card": "ceshijia"})
    twin.do("fault", {"kind": kind, "on": on})
    assert reader.read().name == "测试甲"


def test_a_slow_reader_is_waited_for(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {"card": "ceshijia"})
    twin.do("fault", {"kind": "slow", "on": "read"})
    assert reader.read().name == "测试甲"


@pytest.mark.parametrize("on", ["find", "select", "read"])
def test_a_wrong_checksum_is_asked_again_once(on: str, twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    twin.do("fault", {"kind": "wrong_checksum", "on": on, "times": "1"})
    assert reader.read().name == "测试甲"


@pytest.mark.parametrize(
    ("kind", "on", "times", "error"),
    [
        ("wrong_checksum", "read", "2", ProtocolError),
        ("wrong_checksum", "find", "2", ProtocolError),
        ("drop", "find", "1", DeviceTimeout),
        ("drop", "select", "1", DeviceTimeout),
    ],
)
def test_what_does_not_pass_is_a_named_error(
    kind: str, on: str, times: str, error: type[DeviceError], twin: IdCardTwin, reader: SdtReader
) -> None:
    twin.do("lay", {})
    twin.do("fault", {"kind": kind, "on": on, "times": times})
    with pytest.raises(error):
        reader.read()
    twin.do("lay", {})
    assert reader.read().name == "测试甲"


def test_half_a_reply_is_asked_for_again(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    twin.do("fault", {"kind": "half_frame", "on": "select"})
    assert reader.read().name == "测试甲"


@pytest.mark.parametrize("after", [0, 6, 700])
def test_a_card_pulled_away_early_can_be_laid_again(after: int, tmp_path: Path) -> None:
    with virtual_reader(tmp_path) as twin:
        reader = create("card_reader", Options(port=twin.port), CLOCK)
        reader.open()
        twin.do("lay", {})
        twin.do("lift_during_read", {"after": str(after)})
        with pytest.raises(DeviceError) as failed:
            reader.read()
        assert failed.value.action == "retry"
        assert failed.value.code == ("invalidMedia" if after else "timeOut")
        twin.do("lay", {"card": "ouyang"})
        assert reader.read().name == "欧阳测试·阿依古丽"
        reader.close()


def test_a_card_read_before_this_driver_came_is_read(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    reader.read()
    assert not reader.card_present()
    reader.close()
    reader.open()
    assert reader.card_present()
    assert reader.read().name == "测试甲"


def test_an_unplugged_reader_is_lost_and_comes_back(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("unplug", {})
    with pytest.raises(DeviceLost, match="card reader"):
        reader.card_present()
    twin.do("plug", {})
    twin.do("lay", {})
    reader.close()
    reader.open()
    assert reader.read().name == "测试甲"


def test_waiting_can_be_cancelled(reader: SdtReader) -> None:
    timer = threading.Timer(0.2, reader.cancel)
    timer.start()
    with pytest.raises(CommandCancelled):
        reader.wait_for_card(20)
    timer.join()


def test_status_and_health(twin: IdCardTwin, reader: SdtReader) -> None:
    assert reader.status().state is DeviceState.ONLINE
    assert reader.check_health(HealthLevel.SELF_TEST).healthy
    twin.do("lay", {})
    assert reader.check_health(HealthLevel.INTERACTIVE).healthy
    twin.do("fault", {"kind": "drop", "times": "2"})
    status = reader.status()
    assert (status.state, status.action) == (DeviceState.OFFLINE, "callMaintenance")


def test_a_reader_that_hangs_up_after_each_reply_is_read(tmp_path: Path) -> None:
    with virtual_reader(tmp_path, "socket") as twin:
        twin.do("lay", {})
        port = _hanging_up(twin.port)
        assert read_card_at(port, 3, CLOCK).name == "测试甲"


@pytest.mark.parametrize("port", ["/nowhere/tty", "socket://127.0.0.1:1", "socket://127.0.0.1", "what://is.this"])
def test_a_port_that_is_not_there_is_one_clear_line(port: str) -> None:
    with pytest.raises(DeviceLost) as lost:
        read_card_at(port, 1, CLOCK)
    assert lost.value.code == "deviceNotReady"
    assert str(lost.value).startswith(port)
    assert "\n" not in str(lost.value)


def test_no_error_quotes_the_card(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    twin.do("fault", {"kind": "wrong_checksum", "on": "read", "times": "2"})
    with pytest.raises(ProtocolError) as failed:
        reader.read()
    assert "测试" not in str(failed.value)
    assert "3303" not in str(failed.value)


def test_options_are_frozen() -> None:
    assert Options(port="x").baud == 115200


def _hanging_up(url: str) -> str:
    """The URL of a go-between that closes the connection after every reply it passed on."""
    listener = socket.create_server(("127.0.0.1", 0))
    host, _, port = url.removeprefix("socket://").rpartition(":")

    def serve() -> None:
        with listener, socket.create_connection((host, int(port))) as behind:
            for size in (15, 19, 1295):
                connection, _ = listener.accept()
                with connection:
                    behind.sendall(connection.recv(64))
                    left = size
                    while left:
                        data = behind.recv(left)
                        assert data
                        connection.sendall(data)
                        left -= len(data)

    threading.Thread(target=serve, daemon=True).start()
    return f"socket://127.0.0.1:{listener.getsockname()[1]}"
