"""A reader behind a vendor's library: cards read; the library hanging, crashing, missing; the reader unplugged."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import Action, CommandCancelled, DeviceError, DeviceLost, DeviceState, HealthLevel
from devices.drivers import DriverConfigError, build_device
from devices.idcard.cards import CARDS
from devices.idcard.records import parse_record
from devices.idcard.sam_reader import SamReader
from devices.idcard.sdt import Options as SdtOptions
from devices.idcard.sdt import create as create_sdt
from devices.idcard.sdt_library import OWN_TIME
from devices.idcard.twin import IdCardTwin
from devices.idcard.vendor import Options, VendorReader, create
from tests.devices.vendor.build import built

CLOCK = SystemClock()
FUNCTIONS = (
    "SDT_StartFindIDCard",
    "SDT_SelectIDCard",
    "SDT_ReadBaseMsg",
    "SDT_ReadNewAppMsg",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vendor")


@pytest.fixture(scope="module")
def library(folder: Path) -> str:
    return built("sdtapi", folder)


@pytest.fixture(scope="module")
def decoder(folder: Path) -> str:
    return built("wltapi", folder)


@pytest.fixture
def twin(folder: Path) -> Iterator[IdCardTwin]:
    twin = IdCardTwin(CLOCK)
    twin.start(folder)
    yield twin
    twin.stop()


@pytest.fixture
def reader(library: str, twin: IdCardTwin) -> Iterator[VendorReader]:
    reader = create("card_reader", Options(library), CLOCK)
    reader.open()
    yield reader
    reader.close()


@pytest.mark.parametrize("card", CARDS)
def test_every_sample_card_is_read(card: str, twin: IdCardTwin, reader: VendorReader) -> None:
    twin.do("lay", {"card": card})
    right = parse_record(CARDS[card].text, CARDS[card].photo, CLOCK.now().date())
    assert reader.read() == right


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_crash_is_an_error_to_reset_and_the_next_card_is_read(
    function: str, folder: Path, twin: IdCardTwin, reader: VendorReader
) -> None:
    twin.do("lay", {"card": "moved"})
    (folder / "crash").write_text(function)
    if function == "SDT_ReadNewAppMsg":
        assert "newest_address: the reader did not answer" in reader.read(newest_address=True).warnings
    else:
        with pytest.raises(DeviceError, match=rf"libsdtapi\.so: {function} crashed \(SIGSEGV\)") as ended:
            reader.read(newest_address=True)
        assert ended.value.action is Action.RESET
    twin.do("lay", {"card": "moved"})
    assert reader.read(newest_address=True).newest_address == "浙江省瑞安市新居路8号"


def test_a_call_that_never_returns_is_ended_in_time_and_the_next_card_is_read(
    folder: Path, twin: IdCardTwin, reader: VendorReader
) -> None:
    twin.do("lay", {})
    (folder / "hang").write_text("SDT_SelectIDCard")
    begun = CLOCK.monotonic()
    with pytest.raises(DeviceError, match="SDT_SelectIDCard did not return within") as ended:
        reader.read()
    assert (ended.value.code, ended.value.action) == ("timeOut", Action.RESET)
    assert CLOCK.monotonic() - begun < OWN_TIME + 3
    assert reader.read().name == "测试甲"


def test_a_call_that_never_returns_is_cancelled(folder: Path, twin: IdCardTwin, reader: VendorReader) -> None:
    (folder / "hang").write_text("SDT_StartFindIDCard")
    ended: list[DeviceError] = []

    def wait() -> None:
        try:
            reader.wait_for_card(20)
        except DeviceError as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    until = CLOCK.monotonic() + 3
    while (folder / "hang").exists() and CLOCK.monotonic() < until:  # it is taken away when the call begins to hang
        thread.join(0.01)
    reader.cancel()
    thread.join(2)
    assert [type(error) for error in ended] == [CommandCancelled]
    twin.do("lay", {})
    assert reader.read().name == "测试甲"


def test_a_library_that_hangs_or_crashes_when_it_is_asked_for_the_state_is_a_state(
    folder: Path, reader: VendorReader
) -> None:
    (folder / "crash").write_text("SDT_GetSAMStatus")
    status = reader.status()
    assert (status.state, status.action) == (DeviceState.HARDWARE_ERROR, Action.RESET)
    assert reader.status().state is DeviceState.ONLINE


def test_unplugged_it_is_lost_and_plugged_in_it_goes_on_by_itself(twin: IdCardTwin, reader: VendorReader) -> None:
    twin.do("unplug", {})
    for _ in range(2):
        with pytest.raises(DeviceLost, match="check its cable and the port number"):
            reader.read()
    twin.do("plug", {})
    twin.do("lay", {})
    assert reader.read().name == "测试甲"


def test_the_number_of_the_sam_is_told(reader: VendorReader) -> None:
    findings = reader.check_health(HealthLevel.STATUS).findings
    assert findings == ("SAM 05.01-20180615-0012345678-123456789",)


def test_a_library_that_cannot_be_used_is_one_line_with_its_path(
    library: str, decoder: str, folder: Path, twin: IdCardTwin
) -> None:
    foreign = bytearray(Path(library).read_bytes())
    foreign[18:20] = b"\xf7\x00"  # another processor's
    (folder / "foreign.so").write_bytes(foreign)
    (folder / "windows.so").write_bytes(b"MZ and so on")
    for path, said in {
        str(folder / "none.so"): "there is no such library; check its path",
        str(folder / "foreign.so"): "is for another kind of processor; ask its vendor for the one for Linux on",
        str(folder / "windows.so"): "is no Linux library; ask its vendor for the .so",
        decoder: "cannot be used: undefined symbol: SDT_OpenPort; check the path, or ask its vendor for another",
    }.items():
        reader = create("card_reader", Options(path), CLOCK)
        with pytest.raises(DeviceLost) as refused:
            reader.open()
        reader.close()
        assert str(refused.value).startswith(f"{path}: {said}")
        assert refused.value.action is Action.CONFIGURE


def test_a_port_number_there_is_not_stops_at_once() -> None:
    section = {"driver": "idcard.vendor", "library": "/opt/libsdtapi.so", "port_number": 17}
    with pytest.raises(DriverConfigError, match="port_number = 17 is none; known: 1001 to 1016"):
        build_device("card_reader", section, CLOCK)


def readers(library: str, port: str, decoder: str) -> tuple[SamReader, SamReader]:
    return (
        create("card_reader", Options(library, photo_decoder=decoder), CLOCK),
        create_sdt("card_reader", SdtOptions(port, photo_decoder=decoder), CLOCK),
    )


def test_either_reader_gives_the_portrait_on_the_card(library: str, decoder: str, twin: IdCardTwin) -> None:
    for reader in readers(library, twin.port, decoder):
        twin.do("lay", {})
        reader.open()
        found = reader.portrait(reader.read())
        reader.close()
        assert (found.decoded, found.reason) == (True, "")


def test_without_a_decoder_the_portrait_is_the_stand_in_that_says_so(library: str, twin: IdCardTwin) -> None:
    for reader in readers(library, twin.port, ""):
        twin.do("lay", {})
        reader.open()
        found = reader.portrait(reader.read())
        reader.close()
        assert (found.decoded, found.reason) == (False, "no photo decoder is configured")


@pytest.mark.parametrize("driver", ["idcard.sdt", "idcard.vendor"])
def test_a_decoder_that_is_not_there_stops_at_once(driver: str) -> None:
    needed = {"port": "/dev/null"} if driver == "idcard.sdt" else {"library": "/opt/libsdtapi.so"}
    with pytest.raises(DriverConfigError, match=r"photo_decoder = /opt/none\.so: there is no such library"):
        build_device("card_reader", {"driver": driver, **needed, "photo_decoder": "/opt/none.so"}, CLOCK)
