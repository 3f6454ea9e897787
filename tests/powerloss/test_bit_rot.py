"""Every page of the outbox rots in turn: it is set aside with an alarm and a fresh one goes on, or nothing is wrong."""

from contextlib import redirect_stdout
from io import StringIO

import pytest

from devices.clock import SystemClock
from flows.wire import EnvelopeRefused, verify_envelope
from kiosk.backroom.ledger import database_path
from kiosk.backroom.outbox import Outbox
from kiosk.identity import load_identity
from tests.faults.scenarios import case_ids, perform
from tests.powerloss.cutting import store_identity

PAGE = 4096  # bytes
CLOCK = SystemClock()
ROTS = {
    "one bit": lambda page: page[:2000] + bytes([page[2000] ^ 1]) + page[2001:],
    "its head": lambda page: bytes(byte ^ 0xFF for byte in page[:16]) + page[16:],
    "all of it": lambda page: bytes(byte ^ 0x5A for byte in page),
    "gone": lambda _page: bytes(PAGE),
}


@pytest.fixture
def filled(tmp_path):
    store_identity(tmp_path)
    with redirect_stdout(StringIO()):
        perform("commit", tmp_path)
    return tmp_path


def whole(outbox, folder):
    """Every case is there, and each is what the terminal signed, or known to be damaged: never silently another."""
    key = load_identity(folder).own_key().public_key()
    assert {entry.envelope_id for entry in outbox.waiting()} <= set(case_ids(folder))
    for case_id in case_ids(folder):
        assert outbox.entry(case_id) is not None
        try:
            verify_envelope(outbox.envelope(case_id), key)
        except EnvelopeRefused:
            return False
    return True


@pytest.mark.parametrize("rot", ROTS)
def test_rot_in_any_page_is_noticed_or_harmless(rot, filled):
    path = database_path(filled)
    good, noticed, points = path.read_bytes(), 0, 0
    for start in range(0, len(good), PAGE):
        rotten = good[:start] + ROTS[rot](good[start : start + PAGE]) + good[start + PAGE :]
        path.write_bytes(rotten)
        damaged = []
        outbox = Outbox(filled, CLOCK, damaged.append, patience=0.0)
        if damaged:
            assert damaged[0].read_bytes() == rotten  # kept for a technician
            assert outbox.waiting() == []
        noticed += bool(damaged) or not whole(outbox, filled)
        points += 1
        outbox.close()
    print(f"{points} pages, {noticed} noticed, 0 silent")
    assert noticed
