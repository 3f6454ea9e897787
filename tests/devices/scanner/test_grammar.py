"""The payload grammar: what passes is printable text of bounded length, whatever bytes come in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.grammar import LONGEST, CaseCode, MatterCode, PayloadRefused, PlainText, accept, parse_scheme

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=60)


@given(st.binary(max_size=3000) | st.text(max_size=600))
def test_whatever_comes_in_is_refused_or_comes_out_harmless(raw: bytes | str) -> None:
    try:
        text = accept(raw)
    except PayloadRefused:
        return
    assert 0 < len(text) <= LONGEST
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in text)
    assert accept(text) == text
    assert parse_scheme(text)


@given(HAN)
def test_chinese_passes_unchanged_in_both_encodings(text: str) -> None:
    assert accept(text.encode("utf-8")) == text
    gb = text.encode("gb18030")
    try:
        gb.decode("utf-8")
    except UnicodeDecodeError:  # a few words are valid in both; UTF-8 wins
        assert accept(gb) == text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"a\x1b[2Jb",
        b"a\x00",
        b"a\tb",
        "a\x9bb",
        "pay\u202emoc.elgoog",
        "a\u200bb",
        "a\u2028b",
        "\ufeff\ufeffa",
        "a\u3164b",
        "a\u115fb",
        "\ue000",
        "\ud800",
        "x" * 513,
        b"x" * 513,
        b"\xff\xff\xff",
    ],
)
def test_what_could_hide_or_command_is_refused(raw: bytes | str) -> None:
    with pytest.raises(PayloadRefused):
        accept(raw)


def test_the_longest_payload_passes() -> None:
    assert accept("办" * LONGEST) == "办" * LONGEST


def test_a_refusal_never_repeats_the_payload() -> None:
    with pytest.raises(PayloadRefused) as refusal:
        accept("330381189912310018\x07")
    assert "3303" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("OEB1:M:social-insurance-certificate", MatterCode("social-insurance-certificate")),
        ("OEB1:C:330381-20260101-000042", CaseCode("330381-20260101-000042")),
        ("OEB1:M:../../etc/passwd", PlainText("OEB1:M:../../etc/passwd")),
        ("OEB1:M:", PlainText("OEB1:M:")),
        ("OEB1:X:1", PlainText("OEB1:X:1")),
        ("oeb1:M:a", PlainText("oeb1:M:a")),
        ("OEB1:C:1 OR 1=1", PlainText("OEB1:C:1 OR 1=1")),
        ("你好", PlainText("你好")),
    ],
)
def test_our_own_codes_are_told_from_text(text: str, kind: MatterCode | CaseCode | PlainText) -> None:
    assert parse_scheme(text) == kind
