"""No text of a person becomes a command: an oracle reads the bytes as a printer would and finds only what we meant."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.device import DeviceError
from devices.printer.compose import compose, without_real_time_commands
from devices.printer.contract import Line, Pair, Picture, QrCode, ReceiptDocument
from devices.printer.interpreter import Character, Interpreter
from devices.printer.layout import set_on_paper
from devices.printer.text import columns_of, printable, wrap

ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x1d\x1c\x10\x04\x05\x14@Vkv0\u202e\x9b\x85\n测")))
MEANT = {
    b"\x1b@",
    b"\x1da",
    b"\x1c&",
    b"\x1b3",
    b"\x1d!",
    b"\x1bE",
    b"\x1ba",
    b"\n",
    b"\x1dv0",
    b"\x1d(k",
    b"\x1bd",
    b"\x1dV",
}


def read_back(page):
    interpreter = Interpreter()
    interpreter.feed(page)
    elements = [element for element, _ in interpreter.elements()]
    assert interpreter.held == 0
    return elements


def commands(page):
    return [element.name for element in read_back(page) if not isinstance(element, Character)]


@settings(max_examples=120, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_no_text_becomes_a_command(first, second):
    page = b"".join(compose(ReceiptDocument((Line(first), Pair(first, second), QrCode(second[:60]))), 80))
    names = commands(page)
    assert set(names) <= MEANT
    assert names.count(b"\x1dV") == names.count(b"\x1b@") == 1
    assert not re.search(rb"\x10[\x04\x05\x14]", page)


@given(ANY_TEXT)
def test_the_choke_point_lets_no_control_or_bidirectional_character_through(text):
    clean = printable(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", clean)
    assert printable(clean) == clean


@given(ANY_TEXT, st.integers(4, 48))
def test_wrapped_lines_fit_and_lose_no_character(text, columns):
    lines = wrap(printable(text), columns)
    assert all(columns_of(line) <= columns for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", printable(text))


def test_a_case_number_stays_in_one_piece_on_narrow_paper():
    document = ReceiptDocument((Pair("办件编号", "OE330300-20261124-000123"),))
    assert [line.text.strip() for line in set_on_paper(document, 32)] == ["办件编号", "OE330300-20261124-000123"]
    assert len(list(set_on_paper(document, 48))) == 1


def test_closing_punctuation_does_not_begin_a_line():
    assert wrap("一二三四五，六", 10) == ["一二三四", "五，六"]


@pytest.mark.parametrize("name", ["测𠮷甲", "㛃测", "😀"])
def test_what_the_printer_font_lacks_is_drawn(name):
    names = commands(b"".join(compose(ReceiptDocument((Line(name),)), 80)))
    assert names.count(b"\x1dv0") == 1


def test_what_the_printer_font_has_is_text():
    elements = read_back(b"".join(compose(ReceiptDocument((Line("龘 Ab 测试·￥"),)), 80)))
    text = b"".join(element.code for element in elements if isinstance(element, Character))
    assert text.decode("gb18030") == "龘 Ab 测试·￥"


def test_a_drawn_line_is_ink_on_the_paper(at):
    at.print(ReceiptDocument((Line("𠮷"),)))
    ink = at.receipt().point(lambda value: 255 - value).getbbox()
    assert ink is not None
    assert ink[2] <= 24


def test_image_data_holds_no_real_time_command():
    assert without_real_time_commands(b"\x10\x04\x01\x10\x14\x10\x05") == b"\x00\x04\x01\x00\x14\x00\x05"


def test_a_wide_picture_is_narrowed_to_the_paper(at):
    wide = io.BytesIO()
    Image.new("RGB", (1200, 300), "black").save(wide, "PNG")
    assert at.print(ReceiptDocument((Picture(wide.getvalue()),))) == "printed"
    assert at.receipt().getbbox() is not None
    assert at.twin.state()["unknown_bytes"] == 0


def test_a_picture_that_is_none_and_a_code_too_long_are_refused():
    with pytest.raises(DeviceError, match="not a readable PNG"):
        compose(ReceiptDocument((Picture(b"no"),)), 80)
    with pytest.raises(DeviceError, match="longer than 512"):
        compose(ReceiptDocument((QrCode("x" * 600),)), 80)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_leave_the_interpreter_standing(data):
    interpreter = Interpreter()
    interpreter.feed(data)
    whole = b"".join(raw for _, raw in interpreter.elements())
    assert data.startswith(whole)
