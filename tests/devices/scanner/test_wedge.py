"""The keyboard wedge on the twin's event records: keys become codes, and reach nobody else."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import SystemClock
from devices.device import DeviceLost, DeviceState
from devices.scanner import key_codes
from devices.scanner.contract import Code
from devices.scanner.events_port import keys_for
from devices.scanner.key_text import KeyText
from devices.scanner.twin import ScannerTwin
from devices.scanner.wedge import Options, Wedge, create

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.fixture
def wedge(twin: ScannerTwin, tmp_path: Path) -> Iterator[Wedge]:
    device = create("code_scanner", Options(device=str(tmp_path / "scanner.events")), SystemClock())
    device.open()
    yield device
    device.close()


@pytest.mark.parametrize("text", ["OEB1:M:a-b", "https://x.cn/A?B=1&c=~!@#$%^*()_+{}|<>", "社保参保证明（示例）"])
def test_a_scanned_code_comes_out_as_it_is(twin: ScannerTwin, wedge: Wedge, text: str) -> None:
    twin.do("scan", {"text": text})
    assert wedge.read_code(3) == Code("unknown", text)


def test_the_keys_reach_nobody_else(twin: ScannerTwin, wedge: Wedge, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as screen:
        screen.connect(str(tmp_path / "scanner.events"))
        twin.do("scan", {"text": "OEB1:M:a"})
        assert wedge.read_code(3) == Code("unknown", "OEB1:M:a")
        screen.setblocking(False)
        with pytest.raises(BlockingIOError):
            screen.recv(24)


def test_a_device_that_another_program_has_is_told_in_one_line(wedge: Wedge, tmp_path: Path) -> None:
    second = create("second", Options(device=str(tmp_path / "scanner.events")), SystemClock())
    with pytest.raises(DeviceLost, match="another program has it"):
        second.open()
    assert wedge.status().state is DeviceState.ONLINE


def test_unplugged_in_the_middle_of_a_code_it_is_lost_and_reads_whole_ones_again(
    twin: ScannerTwin, wedge: Wedge
) -> None:
    twin.do("fault", {"kind": "half"})
    twin.do("scan", {"text": "330381202601010042"})
    twin.do("unplug", {})
    with pytest.raises(DeviceLost):
        wedge.read_code(3)
    twin.do("plug", {})
    wedge.open()
    twin.do("scan", {"text": "whole"})
    assert wedge.read_code(3) == Code("unknown", "whole")


def test_the_two_lines_of_a_passport_are_one_payload(twin: ScannerTwin, wedge: Wedge) -> None:
    twin.do("scan", {"text": "\r".join(TD3)})
    assert wedge.read_code(3) == Code("unknown", " ".join(TD3))


@pytest.mark.parametrize("device", ["/nowhere/kbd", "/dev/null", "/nowhere/scanner.events"])
def test_what_is_no_scanner_is_refused(device: str) -> None:
    with pytest.raises(DeviceLost, match="check `device`"):
        create("code_scanner", Options(device=device), SystemClock()).open()


def typed(keys: list[tuple[int, int]], *, unicode: bool = False) -> list[bytes]:
    text = KeyText(unicode=unicode)
    return [payload for code, value in keys for payload in text.event(key_codes.KEY, code, value)]


def under_alt(digits: str) -> list[tuple[int, int]]:
    pad = {character: code for code, character in key_codes.KEYPAD.items()}
    return [(56, 1), *((pad[digit], value) for digit in digits for value in (1, 0)), (56, 0)]


@pytest.mark.parametrize(("digits", "unicode"), [("54992", False), ("20013", True)])
def test_chinese_typed_as_numbers_under_alt(digits: str, unicode: bool) -> None:
    raw = typed([*under_alt(digits), *keys_for(b"\r")], unicode=unicode)
    assert raw == ["中".encode("utf-8" if unicode else "gb18030")]


def test_capital_lock_turns_the_letters_only() -> None:
    assert typed([(58, 1), (58, 0), *keys_for(b"aB1\r")]) == [b"Ab1"]


def test_what_the_kernel_dropped_is_not_guessed() -> None:
    text = KeyText(unicode=False)
    for code, value in keys_for(b"abc"):
        text.event(key_codes.KEY, code, value)
    text.event(key_codes.SYN, key_codes.SYN_DROPPED, 0)
    events = [text.event(key_codes.KEY, code, value) for code, value in keys_for(b"def\rnext\r")]
    assert [payload for payloads in events for payload in payloads] == [b"next"]


@given(st.binary(min_size=1, max_size=60).filter(lambda raw: not set(raw) & {0x7F, *range(0x20)}))
def test_what_an_engine_types_comes_out_byte_for_byte(raw: bytes) -> None:
    assert typed([*keys_for(raw), *keys_for(b"\r")]) == [raw]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 130), st.integers(-1, 3)), max_size=300))
def test_no_sequence_of_keys_is_too_odd(events: list[tuple[int, int, int]]) -> None:
    for unicode in (False, True):
        text = KeyText(unicode=unicode)
        assert all(payload for event in events for payload in text.event(*event))
