"""The twin's hands and faults, through the driver over the real pseudo-terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import DeviceError, DeviceState
from devices.idcard.faults import KINDS, ON
from devices.idcard.sdt import Options, SdtReader, create
from devices.idcard.twin import VERBS, IdCardTwin
from devices.twin import UnknownVerb
from tests.devices.idcard.lines import virtual_reader

CLOCK = SystemClock()


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[IdCardTwin]:
    with virtual_reader(tmp_path) as twin:
        yield twin


def read_or_why(reader: SdtReader) -> str:
    try:
        record = reader.read(newest_address=True)
    except DeviceError as error:
        return error.code
    missing = record.newest_address is None and record.warnings[-1].startswith("newest_address")
    return f"{record.name}, newest address missing" if missing else f"{record.name} {record.newest_address}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("on", ["find", "select", "read", "newest_address"])
def test_after_any_fault_on_any_reply_the_next_card_is_read(
    kind: str, on: str, twin: IdCardTwin, reader: SdtReader
) -> None:
    twin.do("lay", {"card": "moved"})
    twin.do("fault", {"kind": kind, "on": on})
    assert read_or_why(reader) in (
        "测试乙 浙江省瑞安市新居路8号",
        "测试乙, newest address missing",
        "timeOut",
        "hardwareError",
    )
    twin.do("lay", {"card": "ouyang"})
    assert reader.read().name == "欧阳测试·阿依古丽"
    assert twin.state()["fault"] is None


@pytest.mark.parametrize("at", [0, 3, 5, 7, 11, 100, 700, 1290, 1294, 1295])
@pytest.mark.parametrize("noise", ["00", "26", "AA9669", "AAAAAA966905080000"])
def test_noise_anywhere_in_a_record_is_read_through(at: int, noise: str, twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    twin.do("noise", {"at": str(at), "bytes": noise, "on": "read"})
    assert reader.read().name == "测试甲"


def test_a_silent_reader_takes_bytes_and_says_nothing_until_it_is_told_to_speak(
    twin: IdCardTwin, reader: SdtReader
) -> None:
    twin.do("silent", {"on": "yes"})
    assert reader.status().state is DeviceState.OFFLINE
    twin.do("silent", {"on": "no"})
    assert reader.status().state is DeviceState.ONLINE


def test_a_delayed_reader_is_waited_for_within_its_time(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("lay", {})
    twin.do("delay", {"seconds": "0.4"})
    assert reader.read().name == "测试甲"
    twin.do("delay", {"seconds": "1.5"})
    twin.do("lay", {})
    with pytest.raises(DeviceError) as late:
        reader.read()
    assert late.value.code == "timeOut"
    twin.do("delay", {"seconds": "0"})
    twin.do("lay", {"card": "ouyang"})
    assert reader.read().name == "欧阳测试·阿依古丽"


def test_a_fault_that_is_always_there_goes_with_the_next_one_armed(twin: IdCardTwin, reader: SdtReader) -> None:
    twin.do("fault", {"kind": "wrong_checksum", "times": "always"})
    assert reader.status().state is DeviceState.HARDWARE_ERROR
    assert reader.status().state is DeviceState.HARDWARE_ERROR
    assert twin.state()["fault"] == "wrong_checksum"
    twin.do("fault", {"kind": "slow", "times": "0"})
    assert reader.status().state is DeviceState.ONLINE


@pytest.mark.parametrize("card", ["ouyang", "moved"])
def test_whose_prints_are_on_a_card_is_told_where_it_is_asked_and_the_prints_are_not_kept(
    card: str, twin: IdCardTwin
) -> None:
    reader = create("card_reader", Options(port=twin.port, fingerprint=True), CLOCK)
    reader.open()
    twin.do("lay", {"card": card})
    record = reader.read()
    assert len(record.fingers or ()) == 2
    assert not any(isinstance(value, bytes) and len(value) != 1024 for value in vars(record).values())
    twin.do("lay", {"card": "ceshijia"})
    assert reader.read().fingers == ()
    reader.close()


def test_the_model_tells_the_number_of_the_sam_once_it_was_asked(twin: IdCardTwin, reader: SdtReader) -> None:
    assert "SAM 05" not in reader.capabilities.model
    reader.status()
    assert reader.capabilities.model.endswith("SAM 05.01-20180615-0012345678-123456789")


@pytest.mark.parametrize(
    ("verb", "arguments", "words"),
    [
        ("silent", {"on": "maybe"}, "unknown on 'maybe'; known: yes, no"),
        ("delay", {"seconds": "long"}, "'long' is not a number from 0 to 60"),
        ("delay", {"seconds": "nan"}, "is not a number"),
        ("baud", {"rate": "1200"}, "unknown rate '1200'; known: 115200"),
        ("noise", {"bytes": "xyz"}, "'xyz' is not hexadecimal"),
        ("noise", {"at": "-1"}, "'-1' is not a whole number"),
        ("noise", {"on": "photo"}, f"unknown on 'photo'; known: {', '.join(ON)}"),
        ("noise", {"bytes": "00" * 5000}, "at most 4096"),
        ("fault", {"kind": "fire"}, "unknown kind 'fire'"),
    ],
)
def test_a_wrong_word_is_told_with_what_is_known(verb: str, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UnknownVerb, match=words.replace("(", r"\(")):
        IdCardTwin(CLOCK).do(verb, arguments)


def test_every_verb_is_described() -> None:
    twin = IdCardTwin(CLOCK)
    for verb, known in VERBS.items():
        if verb not in ("plug", "unplug"):
            twin.do(verb, {name: values[0] for name, values in known.items() if values})
