"""Identity codes of phones: only what this terminal's center signed, and only in time, says who somebody is."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from devices.clock import SystemClock
from flows.codes import sign_code
from flows.keys import encode_signing_key, encode_verify_key
from kiosk.backroom.asking import answer
from kiosk.backroom.center_link import CenterLink
from kiosk.identity import Identity
from kiosk.messages.to_backroom import IDENTITY_CODE, AskCenter
from tests.backroom.standing import Line

CENTER, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
WHO = {"name": "测试甲", "number": "330381189901010015"}


@pytest.fixture
def ask():
    """Asks about a code; the line to the center is not used."""
    key = encode_verify_key(CENTER.public_key())
    identity = Identity("T1", "示例", "", key, "1", encode_signing_key(OTHER), "http://127.0.0.1:9")
    line = Line(breaks=lambda _: True)
    link = CenterLink(identity.center_url, identity, SystemClock(), 1.0, line)

    def asked(text, enrolled=True):
        body, signature = text.removeprefix("OEB1:I:").split(".")
        question = AskCenter(request="q", name=IDENTITY_CODE, parameters={"body": body, "signature": signature})
        said = answer(question, link if enrolled else None, None, lambda: None)
        assert line.sent == []
        return said

    yield asked
    link.close()


def code(key, minutes=5):
    return sign_code("identity", WHO, expires=SystemClock().now() + timedelta(minutes=minutes), signing_key=key)


def test_a_code_of_the_center_says_who(ask):
    said = ask(code(CENTER))
    assert (said.status, said.data) == ("found", WHO)


@pytest.mark.parametrize(("key", "minutes", "why"), [(OTHER, 5, "signature"), (CENTER, -1, "expired")])
def test_any_other_code_says_nothing(ask, key, minutes, why):
    said = ask(code(key, minutes))
    assert (said.status, said.message, said.data) == ("refused", why, {})


def test_a_terminal_without_a_center_believes_no_code(ask):
    assert ask(code(CENTER), enrolled=False).status == "unavailable"
