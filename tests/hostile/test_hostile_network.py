"""Over a network that cuts, stalls, trickles, doubles, delays, swaps, packs and pours nothing is lost, doubled or
believed too early, nobody waits for ever, and no memory is filled. With thousands of faults: `python -m tests.hostile`.
"""

import random  # noqa: TID251 - the seed is the point of it
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.promptness import LARGEST_ANSWER
from tests.hostile.network import Fault
from tests.hostile.ordeal import PATIENCE, SLACK, ordeal

RUNS = 2
SLOW = [Fault.STALL, Fault.HALF, Fault.TRICKLE]
TOO_LARGE = {Fault.BOMB: "DecodingError", Fault.ENDLESS: "ReadError"}
ON_THE_WAY = 12 << 20  # bytes in the buffers of two sockets
QUICK = [fault for fault in Fault if fault not in SLOW]


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    with ordeal(tmp_path_factory.mktemp("ordeal"), RUNS + 2) as prepared:
        yield prepared


@pytest.mark.parametrize("fault", SLOW, ids=lambda fault: fault.name)
def test_an_answer_that_does_not_come_to_its_end_is_awaited_no_longer_than_the_time_limit(fault, ready):
    ready.network.meets([fault])
    with closing(ready.link()) as link:
        with pytest.raises(CenterFailed, match="ReadTimeout"):
            link.check()
        link.check()
    assert ready.network.longest < PATIENCE + SLACK


@pytest.mark.parametrize(("fault", "why"), TOO_LARGE.items(), ids=lambda told: getattr(told, "name", ""))
def test_an_answer_that_is_too_large_packed_or_not_is_let_go_before_it_fills_the_memory(fault, why, ready):
    ready.network.meets([fault])
    with closing(ready.link()) as link:
        with pytest.raises(CenterFailed, match=why):
            link.check()
        link.check()
    assert ready.network.poured < LARGEST_ANSWER + ON_THE_WAY
    assert ready.network.longest < PATIENCE + SLACK


def test_every_fault_at_many_requests_loses_and_doubles_nothing_and_the_center_stumbles_over_none(ready, caplog):
    faults = [*SLOW, *QUICK * 3]
    random.Random(2).shuffle(faults)
    ready.meets(faults, seed=2)
    assert ready.network.happened == set(Fault)
    assert not [record for record in caplog.records if record.exc_info]


@settings(max_examples=RUNS, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(faults=st.lists(st.sampled_from(QUICK), min_size=8, max_size=16))
def test_faults_in_any_order_lose_and_double_nothing(ready, faults):
    ready.meets(faults, seed=3)
