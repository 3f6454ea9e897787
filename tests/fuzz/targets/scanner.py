"""Whatever a scan engine or a wedge sends: a payload of the grammar, or its named refusal."""

from contextlib import suppress

from devices.scanner.aim import symbology_and_text
from devices.scanner.escapes import escaped_bytes
from devices.scanner.grammar import LONGEST, PayloadRefused, accept, parse_scheme
from devices.scanner.key_source import RECORD
from devices.scanner.key_text import KeyText
from devices.scanner.lines import LineCutter

SEEDS = (
    b"OEB1:M:social-insurance-certificate\r\n",
    "\x02瑞安市市民之家\x03\r".encode("gb18030"),
    b"]Q1OEB1:C:330381-000042\r",
    b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10\r",
    b"".join(RECORD.pack(0, 0, 1, code, value) for code in (42, 30, 28) for value in (1, 0)),
)


def check(data: bytes) -> None:
    prefix, ends = data[:1], data[1:2]
    for cutter in (LineCutter(), LineCutter(prefix, ends, answers=b"\x06")):
        for payload in (*cutter.feed(data), *cutter.silence()):
            _admit(symbology_and_text(payload)[1])
    _admit(data)
    for unicode in (False, True):
        keys = KeyText(unicode=unicode)
        whole = len(data) // RECORD.size * RECORD.size
        for _, _, kind, code, value in RECORD.iter_unpack(data[:whole]):
            _all(keys.event(kind, code, value))
        for code, value in zip(data[::2], data[1::2], strict=False):
            _all(keys.event(1, code & 0x7F, value & 1))
        _all(keys.silence())
    with suppress(ValueError):
        escaped_bytes("prefix", data.decode("latin-1"))


def _all(payloads: list[bytes]) -> None:
    for payload in payloads:
        _admit(payload)


def _admit(payload: bytes) -> None:
    try:
        text = accept(payload)
    except PayloadRefused:
        return
    assert 0 < len(text) <= LONGEST
    assert text.isprintable() or "\u3000" in text or "\xa0" in text or any(c.isspace() for c in text)
    parse_scheme(text)
