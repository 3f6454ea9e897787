"""How USB devices are spelled, and how a frame is cut for two pipes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.frames import frame
from devices.lines.frame_split import BODY, HEAD, FrameSplit
from devices.lines.usb_address import Kind, UsbAddress, parse_address


def test_an_address_says_how_frames_travel_and_to_whom() -> None:
    assert parse_address("usb://0400:C35A") == UsbAddress(Kind.BULK, 0x0400, 0xC35A)
    assert parse_address("hid://2b8b:2721/AB%201") == UsbAddress(Kind.REPORTS, 0x2B8B, 0x2721, "AB 1")
    split = parse_address("usb-split://0400:c35a?out=0x02,0x06&in=81,85&bus=/run/idcard.usb")
    assert (split.kind, split.outputs, split.inputs) == (Kind.SPLIT, (0x02, 0x06), (0x81, 0x85))
    assert split.bus == Path("/run/idcard.usb")
    assert split.numbers == "0400:c35a"


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("usb://", "write usb://VVVV:PPPP"),
        ("usb://400:c35a", "write usb://VVVV:PPPP"),
        ("usb://0400", "write usb://VVVV:PPPP"),
        ("usb://0400:c35a?baud=9600", "unknown key 'baud'; known: out, in, bus"),
        ("usb://0400:c35a?out=0x81", "write out=0x02,0x06"),
        ("usb://0400:c35a?in=2", "write in=0x81,0x85"),
        ("usb://0400:c35a?in=", "write in=0x81,0x85"),
        ("usb-split://0400:c35a?out=2", "two endpoints each way"),
    ],
)
def test_a_misspelled_address_says_how_to_write_it(port: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_address(port)


@given(st.text())
def test_any_text_is_an_address_or_an_error_of_one_line(text: str) -> None:
    for port in (text, f"usb://{text}", f"usb://0400:c35a{text}"):
        said = ""
        try:
            parse_address(port)
        except ValueError as error:
            said = str(error)
        assert "\n" not in said


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=4), st.integers(1, 64))
def test_frames_are_cut_into_head_and_body_however_they_arrive(bodies: list[bytes], step: int) -> None:
    stream = b"".join(frame(body) for body in bodies)
    split, pipes = FrameSplit(), [b"", b""]
    for start in range(0, len(stream), step):
        for pipe, piece in split.cut(stream[start : start + step]):
            assert piece
            pipes[pipe] += piece
    assert pipes[HEAD] == b"".join(frame(body)[:7] for body in bodies)
    assert pipes[BODY] == b"".join(frame(body)[7:] for body in bodies)
    assert split.next_pipe == HEAD


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_no_byte_is_lost_or_moved_in_any_stream(pieces: list[bytes]) -> None:
    split = FrameSplit()
    cut = [piece for data in pieces for _, piece in split.cut(data)]
    assert b"".join(cut) == b"".join(pieces)
