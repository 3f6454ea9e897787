"""Nothing but the center's signed receipt for exactly what was sent counts as delivered."""

import json

import pytest

from flows.keys import SealingKey, new_signing_key
from flows.wire import Envelope, sign_receipt
from kiosk.backroom.queue import queue_list, queue_retry
from kiosk.messages.from_backroom import Delivered, SyncChanged
from tests.backroom.running import CLOCK, Backroom, HostileCenter, make_case, store_identity, write_config

PORTAL = (200, "text/html", "<html>请登录 Wi-Fi</html>".encode())
HEALTH = (200, "application/json", b'{"status":"ok","epoch":"e"}')


class Stand:
    """A terminal whose center is whatever the test wants it to be."""

    def __init__(self, folder):
        self.folder = folder
        self.signing_key = new_signing_key()
        store_identity(folder, SealingKey.generate(), self.signing_key, new_signing_key())
        self.bad = PORTAL
        self.misbehaving = True
        self.center = HostileCenter(self.answer)
        self.backroom = Backroom(write_config(folder, self.center.url)).start()

    def answer(self, method, path, body):
        if not path.endswith("/health") and not path.startswith("/v1/envelopes/"):
            return (503, "application/json", b"{}") if self.bad is not PORTAL else PORTAL
        if self.misbehaving and callable(self.bad):
            return self.bad(method, path, body)
        if self.misbehaving and not path.endswith("/health"):
            return self.bad
        if path.endswith("/health"):
            return PORTAL if self.misbehaving and self.bad is PORTAL else HEALTH
        return 201, "application/json", self.receipt(body)

    def receipt(self, body, *, key=None, **other):
        receipt = sign_receipt(
            Envelope.from_bytes(body),
            case_number="330381202600001",
            received_at=CLOCK.now(),
            epoch="e",
            signing_key=key or self.signing_key,
        )
        return receipt.model_copy(update=other).model_dump_json().encode()

    def submit(self):
        case = make_case("T0123456789ab")
        self.backroom.submit(case)
        return case

    def entries(self):
        return queue_list(self.folder / "terminal")

    def until(self, condition, within=15.0):
        end = CLOCK.monotonic() + within
        while not condition():
            assert CLOCK.monotonic() < end, self.backroom.log
            CLOCK.sleep(0.05)

    def becomes_honest(self):
        self.misbehaving = False
        return self.backroom.expect(Delivered)


@pytest.fixture
def stand(tmp_path):
    made = Stand(tmp_path)
    yield made
    assert made.backroom.stop() == 0
    made.center.close()


def waits_unreachable(stand):
    stand.backroom.expect(SyncChanged, lambda m: m.waiting == 1 and not m.reachable)


def test_a_captive_portal_is_no_center(stand):
    case = stand.submit()
    waits_unreachable(stand)
    assert [entry.state for entry in stand.entries()] == ["waiting"]
    assert stand.becomes_honest().case_id == case.case_id


@pytest.mark.parametrize("forged", ["otherKey", "otherNumber", "otherDigest", "notAReceipt", "emptyObject"])
def test_a_false_receipt_does_not_count(stand, forged):
    def answer(_method, path, body):
        if path.endswith("/health"):
            return HEALTH
        false = {
            "otherKey": lambda: stand.receipt(body, key=new_signing_key()),
            "otherNumber": lambda: stand.receipt(body, case_number="1"),
            "otherDigest": lambda: stand.receipt(body, digest="0" * 64),
            "notAReceipt": lambda: b"OK",
            "emptyObject": lambda: b"{}",
        }
        return 200, "application/json", false[forged]()

    stand.bad = answer
    case = stand.submit()
    stand.until(lambda: stand.entries()[0].attempts)
    assert stand.entries()[0].state == "waiting"
    assert stand.becomes_honest().case_id == case.case_id


def test_one_poison_case_is_set_aside_and_the_rest_go_on(stand):
    refused = []

    def answer(_method, path, body):
        if path.endswith("/health"):
            return HEALTH
        if path.endswith("/heartbeats"):
            return PORTAL
        name = path.rpartition("/")[2]
        if not refused or name in refused:
            refused.append(name)
            problem = {"title": "The envelope cannot be taken", "status": 422, "code": "sealed", "action": "quarantine"}
            return 422, "application/problem+json", json.dumps(problem).encode()
        return 201, "application/json", stand.receipt(body)

    stand.bad = answer
    poison, good = stand.submit(), stand.submit()
    assert stand.backroom.expect(Delivered).case_id == good.case_id
    stand.until(lambda: all(entry.state != "waiting" for entry in stand.entries()))
    states = {entry.envelope_id: (entry.state, entry.last_error) for entry in stand.entries()}
    assert states[poison.case_id] == ("quarantined", "422 sealed: The envelope cannot be taken")
    assert states[good.case_id][0] == "delivered"
    assert queue_retry(stand.folder / "terminal", poison.case_id) == 1
    stand.misbehaving = False
    assert stand.backroom.expect(Delivered, within=20).case_id == poison.case_id


@pytest.mark.parametrize("status", [401, 404, 429, 500, 422])
def test_other_refusals_are_tried_again(stand, status):
    stand.bad = (status, "text/html", b"<html></html>")
    case = stand.submit()
    stand.until(lambda: stand.entries()[0].attempts)
    assert stand.entries()[0].state == "waiting"
    assert stand.becomes_honest().case_id == case.case_id
