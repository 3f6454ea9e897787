"""The payload grammar: what passes is printable text of bounded length, whatever bytes come in."""

import unicodedata
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from center.enrolment import new_code
from devices.scanner.grammar import (
    LONGEST,
    CaseCode,
    EnrolmentCode,
    FollowCode,
    MachineReadableZone,
    MatterCode,
    Payload,
    PayloadRefused,
    PickupCode,
    PlainText,
    SignedCode,
    accept,
    parse_scheme,
)
from flows.codes import sign_code, verify_code

SIGNATURE = "A" * 86
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6"
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
        ("OEB1:P:" + "A2" * 14, PickupCode("A2" * 14)),
        ("https://center.example/c/" + "A2" * 14, FollowCode("A2" * 14)),
        ("http://127.0.0.1:8700/oue/c/" + "A2" * 14, FollowCode("A2" * 14)),
        (f"https://center.example/r/eyJ9.{SIGNATURE}", SignedCode("resume", "eyJ9", SIGNATURE)),
        ("OEB1:P:" + "A1" * 14, PlainText("OEB1:P:" + "A1" * 14)),
        ("OEB1:M:../../etc/passwd", PlainText("OEB1:M:../../etc/passwd")),
        ("OEB1:M:", PlainText("OEB1:M:")),
        ("OEB1:X:1", PlainText("OEB1:X:1")),
        ("oeb1:M:a", PlainText("oeb1:M:a")),
        ("OEB1:C:1 OR 1=1", PlainText("OEB1:C:1 OR 1=1")),
        (" OEB1:C:WZ_1 ", CaseCode("WZ_1")),
        ("OEB1:M:" + "a" * 65, PlainText("OEB1:M:" + "a" * 65)),
        ("OEB1:C:" + "1" * 65, PlainText("OEB1:C:" + "1" * 65)),
        (f"OEB1:D:eyJ9.{SIGNATURE}", SignedCode("material", "eyJ9", SIGNATURE)),
        (f"OEB1:R:eyJ9.{SIGNATURE}", SignedCode("resume", "eyJ9", SIGNATURE)),
        (f"OEB1:I:e-_9.{SIGNATURE}", SignedCode("identity", "e-_9", SIGNATURE)),
        (f"OEB1:I:eyJ9.{SIGNATURE}A", PlainText(f"OEB1:I:eyJ9.{SIGNATURE}A")),
        (f"OEB1:I:.{SIGNATURE}", PlainText(f"OEB1:I:.{SIGNATURE}")),
        ("OEB1:I:eyJ9", PlainText("OEB1:I:eyJ9")),
        ("0123-4567-89AB-CDEF-GHJK-MNPQ", EnrolmentCode("0123-4567-89AB-CDEF-GHJK-MNPQ")),
        ("0123-4567-89AB-CDEF-GHJK-MNPU", PlainText("0123-4567-89AB-CDEF-GHJK-MNPU")),
        ("0123-4567-89AB-CDEF-GHJK", PlainText("0123-4567-89AB-CDEF-GHJK")),
        (TD3, MachineReadableZone(TD3)),
        (TD1, MachineReadableZone(TD1)),
        (f"{TD2[:36]} {TD2[36:]}", MachineReadableZone(TD2)),
        (TD3[:-1], PlainText(TD3[:-1])),
        ("7" * 88, PlainText("7" * 88)),
        ("你好", PlainText("你好")),
    ],
)
def test_our_own_codes_are_told_from_text(text: str, kind: Payload) -> None:
    assert parse_scheme(text) == kind


@pytest.mark.parametrize(
    "text", [f"OEB1:I:eyJ9.{SIGNATURE}", "0123-4567-89AB-CDEF-GHJK-MNPQ", TD3, "https://center.example/c/" + "A2" * 14]
)
def test_what_is_secret_or_personal_does_not_show_in_a_log(text: str) -> None:
    assert not any(part in repr(parse_scheme(text)) for part in ("eyJ9", "0123", "ERIKSSON", SIGNATURE))


def test_what_the_center_prints_and_signs_is_known_here() -> None:
    key, now = Ed25519PrivateKey.generate(), datetime(2026, 1, 1, tzinfo=UTC)
    assert isinstance(parse_scheme(new_code(key.public_key())), EnrolmentCode)
    signed = parse_scheme(accept(sign_code("resume", {"draft": "42"}, expires=now.replace(hour=1), signing_key=key)))
    assert isinstance(signed, SignedCode)
    read = verify_code(signed.kind, signed.body, signed.signature, center_key=key.public_key(), now=now)
    assert (read.kind, read.content) == ("resume", {"draft": "42"})
