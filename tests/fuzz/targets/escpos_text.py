"""Whatever text a receipt carries: a printer reads back the commands we meant, and none of them from the text."""

import re

from devices.device import DeviceError
from devices.printer.compose import compose
from devices.printer.contract import Align, Line, Pair, QrCode, ReceiptDocument, Rule
from devices.printer.interpreter import Character, Interpreter

SEEDS = (
    "测试甲 ABC".encode(),
    b"\x1b@\x1dV\x00\x10\x04\x01",
    "䶮𠮷㛃\u202e\u200b\x9b".encode(),
    b"a\nb\x1c.\x1dr\x01",
)
MEANT = {b"\x1b@", b"\x1da", b"\x1c&", b"\x1b3", b"\x1d!", b"\x1bE", b"\x1ba", b"\n", b"\x1dv0", b"\x1d(k", b"\x1bd"}
MEANT |= {b"\x1dV"}
REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


def check(data: bytes) -> None:
    text = data[1:].decode("utf-8", errors="replace")
    half = len(text) // 2
    blocks = (
        Line(text, Align.CENTER if data[:1] > b"\x80" else Align.LEFT, large=data[:1] > b"\xc0"),
        Pair(text[:half], text[half:]),
        Rule(),
        QrCode(text[:40]),
    )
    try:
        page = b"".join(compose(ReceiptDocument(blocks), 58 if data[:1] > b"\x40" else 80))
    except DeviceError:  # a code that is too long
        return
    reader = Interpreter()
    reader.feed(page)
    names = [element.name for element, _ in reader.elements() if not isinstance(element, Character)]
    assert not reader.held
    assert set(names) <= MEANT, set(names) - MEANT
    assert names.count(b"\x1dV") == names.count(b"\x1b@") == 1
    assert not REAL_TIME.search(page)
