"""The power goes, and what was not synced with it: what was promised is there. All: `python -m tests.powerloss`."""

import pytest

from tests.powerloss.cutting import cut_everywhere


@pytest.mark.parametrize("act", ["commit", "print"])
def test_what_was_promised_survives_a_power_cut(act):
    cuts = cut_everywhere(act, seeds=2, stride=3)
    print(cuts)
    assert cuts.points > 20
    assert not cuts.violations


def test_an_outbox_that_does_not_sync_is_found_out():
    cuts = cut_everywhere("careless", seeds=4, stride=3)
    assert cuts.violations or cuts.set_aside
