"""What the simulation would not find, it could not vouch for: broken terminals are found, and a seed replays."""

import pytest

from tests.simulation.broken import BROKEN

FIRST = 1000
TELLING = (1005, 1008)  # a center that was restored, and power cuts at the worst moment; a full disk
SEEDS = (*TELLING, *range(FIRST, FIRST + 12))


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_terminal_is_found(fault, shared):
    found = next(filter(None, (shared.run(seed, BROKEN[fault])[1] for seed in SEEDS)), "")
    assert found
    assert "Error" not in found, "it fell over for another reason"


def test_a_failing_seed_replays_the_same(shared):
    first, wrong = shared.run(FIRST, BROKEN["drops what fails"])
    again, wrong_again = shared.run(FIRST, BROKEN["drops what fails"])
    assert wrong
    assert (wrong_again, again.log) == (wrong, first.log)


def test_a_whole_world_replays_the_same(shared):
    first, again = shared.run(FIRST)[0], shared.run(FIRST)[0]
    assert len(first.log) > 200
    assert first.log == again.log
