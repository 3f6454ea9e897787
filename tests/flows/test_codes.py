"""Signed codes: what the center signs is believed, for as long as it holds, and nothing else ever is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from flows.canonical import canonical
from flows.codes import LETTERS, LONGEST_BODY, CodeKind, CodeRefused, VerifiedCode, sign_code, verify_code

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = datetime(2026, 1, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
KINDS = st.sampled_from(sorted(LETTERS))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS, st.lists, max_leaves=4)
CONTENTS = st.dictionaries(TEXTS, VALUES, max_size=3)
# Another one means another suite: codes already handed out would no longer be read.
GOLDEN = (
    "OEB1:R:eyJjb250ZW50Ijp7ImRyYWZ0IjoiNDIifSwiZXhwaXJlcyI6MTc2NzI1NTAwMH0."
    "6QrZ2Mnq-dL_DzQiBI5XY9LDjalsySGSAT0yWmDbZVtNrEepM8jdKqtNjrEW1CWfAiYbqdkbJtxnqZC_3LxZAA"
)


def parts(text: str) -> tuple[str, str]:
    body, _, signature = text.split(":", 2)[2].partition(".")
    return body, signature


def verified(kind: CodeKind, text: str, now: datetime = NOW) -> VerifiedCode:
    body, signature = parts(text)
    return verify_code(kind, body, signature, center_key=KEY.public_key(), now=now)


def refusal(kind: CodeKind, text: str, now: datetime = NOW) -> str:
    with pytest.raises(CodeRefused) as refused:
        verified(kind, text, now)
    assert "\n" not in str(refused.value)
    return refused.value.code


def small_enough(content: dict[str, Any]) -> bool:
    return len(canonical({"content": content, "expires": 0})) < 280


@given(KINDS, CONTENTS.filter(small_enough))
def test_what_is_signed_is_read_back(kind: CodeKind, content: dict[str, Any]) -> None:
    text = sign_code(kind, content, expires=LATER, signing_key=KEY)
    assert text.startswith(f"OEB1:{LETTERS[kind]}:")
    assert len(text) <= 512
    code = verified(kind, text)
    assert (code.kind, code.content, code.expires) == (kind, content, LATER)


@given(KINDS, CONTENTS.filter(small_enough), st.data())
def test_one_altered_character_is_refused(kind: CodeKind, content: dict[str, Any], data: st.DataObject) -> None:
    text = sign_code(kind, content, expires=LATER, signing_key=KEY)
    place = data.draw(st.integers(7, len(text) - 1))
    other = data.draw(
        st.characters(exclude_characters=text[place])
        | st.sampled_from("AQgw0_-.=").filter(lambda character: character != text[place])
    )
    assert refusal(kind, text[:place] + other + text[place + 1 :]) == "signature"


@given(KINDS, st.integers(7, 200), st.text("Aw=", max_size=2))
def test_a_code_cut_off_or_with_more_behind_it_is_refused(kind: CodeKind, length: int, more: str) -> None:
    text = sign_code(kind, {"a": 1}, expires=LATER, signing_key=KEY)
    cut = text[:length] + more
    if cut != text:
        assert refusal(kind, cut) == "signature"


@given(KINDS, KINDS)
def test_a_code_passes_for_no_other_kind(kind: CodeKind, other: CodeKind) -> None:
    if kind != other:
        assert refusal(other, sign_code(kind, {}, expires=LATER, signing_key=KEY)) == "signature"


@given(st.text(max_size=300), st.text(max_size=100))
def test_whatever_comes_in_is_refused(body: str, signature: str) -> None:
    with pytest.raises(CodeRefused) as refused:
        verify_code("resume", body, signature, center_key=KEY.public_key(), now=NOW)
    assert refused.value.code == "signature"


def test_another_centers_code_is_refused() -> None:
    text = sign_code("identity", {}, expires=LATER, signing_key=Ed25519PrivateKey.generate())
    assert refusal("identity", text) == "signature"


def test_a_code_holds_until_its_second_and_not_longer() -> None:
    text = sign_code("resume", {"draft": "42"}, expires=LATER, signing_key=KEY)
    assert verified("resume", text, LATER - timedelta(seconds=1)).content == {"draft": "42"}
    assert refusal("resume", text, LATER) == "expired"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"content":{},"expires":"1"}',
        b'{"content":1,"expires":1}',
        b'{"content":{},"expires":1e40}',
    ],
)
def test_what_is_signed_and_not_a_code_is_refused_as_content(body: bytes) -> None:
    from base64 import urlsafe_b64encode

    signature = KEY.sign(b"OEB-1 code\nR\n" + body)
    spelled = [urlsafe_b64encode(part).decode().rstrip("=") for part in (body, signature)]
    with pytest.raises(CodeRefused) as refused:
        verify_code("resume", *spelled, center_key=KEY.public_key(), now=NOW)
    assert refused.value.code == ("content" if body else "signature")


def test_what_does_not_fit_into_a_code_is_not_signed() -> None:
    with pytest.raises(CodeRefused) as refused:
        sign_code("material", {"text": "x" * LONGEST_BODY}, expires=LATER, signing_key=KEY)
    assert refused.value.code == "content"


def test_the_bytes_are_those_of_the_document() -> None:
    assert sign_code("resume", {"draft": "42"}, expires=LATER, signing_key=KEY) == GOLDEN
