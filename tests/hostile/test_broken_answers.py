"""A receipt cut off at any byte, an older one, one of somebody else's case: none of them counts as delivered."""

import pytest

from devices.clock import SystemClock
from flows.keys import SealingKey, new_signing_key
from flows.wire import Envelope, seal_envelope, sign_receipt
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.promptness import LARGEST_ANSWER, LONGEST_ANSWER
from tests.backroom.running import CLOCK, make_case, store_identity
from tests.hostile.lines import BreakingLine

TERMINAL = "T0123456789ab"


@pytest.fixture
def keys():
    return SealingKey.generate(), new_signing_key(), new_signing_key()


@pytest.fixture
def identity(keys, tmp_path):
    return store_identity(tmp_path, *keys)


def sealed(keys, sequence):
    sealing, _, own = keys
    return seal_envelope(
        make_case(TERMINAL),
        terminal_id=TERMINAL,
        sequence=sequence,
        created_at=CLOCK.now(),
        center_key=sealing.public,
        signing_key=own,
    )


def receipt_for(keys, envelope):
    told = sign_receipt(envelope, case_number="1", received_at=CLOCK.now(), epoch="e", signing_key=keys[1])
    return told.model_dump_json().encode()


@pytest.mark.parametrize("honest", [False, True], ids=["closed early", "shorter length told"])
def test_a_receipt_cut_off_at_any_byte_does_not_count(honest, keys, identity):
    envelope, length = sealed(keys, 1), [0]
    whole = len(receipt_for(keys, envelope))
    line = BreakingLine(lambda body: (receipt_for(keys, Envelope.from_bytes(body)), length[0]), honest=honest)
    link = CenterLink(line.url, identity, CLOCK, 5.0)
    try:
        for length[0] in range(whole):
            with pytest.raises(CenterFailed):
                link.deliver(envelope)
        length[0] = whole
        assert link.deliver(envelope).envelope_id == envelope.envelope_id
        print(f"{whole} cuts, 0 counted")
    finally:
        link.close()
        line.close()


class RunningClock(SystemClock):
    """Each look at it takes so long (s)."""

    def __init__(self, step):
        self._step, self._looks = step, 0

    def monotonic(self):
        self._looks += 1
        return self._looks * self._step


def test_a_quarter_of_an_hour_is_the_longest_that_an_answer_is_waited_for_however_steadily_it_comes(keys, identity):
    line = BreakingLine(lambda _body: (bytes(LARGEST_ANSWER), LARGEST_ANSWER), honest=False)
    link = CenterLink(line.url, identity, RunningClock(LONGEST_ANSWER / 16), 600.0)
    try:
        with pytest.raises(CenterFailed, match="ReadTimeout"):
            link.deliver(sealed(keys, 1))
    finally:
        link.close()
        line.close()


@pytest.mark.parametrize("sent_before", ["another case", "the same case under another sequence"])
def test_an_older_receipt_does_not_count_for_another_envelope(sent_before, keys, identity):
    now = sealed(keys, 2)
    before = sealed(keys, 1)
    if sent_before != "another case":
        before = now.model_copy(update={"sequence": 1})
    line = BreakingLine(lambda _body: (receipt_for(keys, before), 10_000), honest=False)
    link = CenterLink(line.url, identity, CLOCK, 5.0)
    try:
        with pytest.raises(CenterFailed, match="mismatch"):
            link.deliver(now)
    finally:
        link.close()
        line.close()
