"""What a citizen asks of the center, and how a refusal of it is told from a center that is away."""

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from devices.clock import SystemClock
from flows.keys import encode_signing_key, encode_verify_key
from kiosk.backroom.asking import PROGRESS, answer
from kiosk.backroom.center_link import CenterLink
from kiosk.identity import Identity
from kiosk.messages.to_backroom import AskCenter
from tests.backroom.standing import Line

KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def asked():
    """How the question after a case's progress ends where the center answers with this problem."""
    identity = Identity("T1", "示例", "", encode_verify_key(KEY.public_key()), "1", encode_signing_key(KEY), "http://c")
    line = Line()
    link = CenterLink(identity.center_url, identity, SystemClock(), 1.0, line)

    def ask(status, code):
        line.instead = httpx.Response(status, json={"title": "示例", "status": status, "code": code})
        question = AskCenter(request="q", name=PROGRESS, parameters={"case_number": "33038120261123000007"})
        said = answer(question, link, None, lambda: None)
        return said.status, said.message

    yield ask
    link.close()


def test_too_many_numbers_is_a_refusal_and_a_busy_center_is_one_that_is_away(asked):
    assert asked(429, "tooManyTries") == ("refused", "tooManyTries")
    assert asked(429, "busy")[0] == "unavailable"
    assert asked(404, "noSuchCase") == ("notFound", "")
