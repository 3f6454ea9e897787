"""Seeds 100 to 149 of 200: a file for each test worker; as many more as you like: `python -m tests.simulation`."""

import pytest


@pytest.mark.parametrize("seed", range(100, 150))
def test_nothing_is_lost_doubled_or_wrongly_acknowledged(seed, shared):
    assert shared.run(seed)[1] == ""
