"""Some worlds under mixed faults; many more: `python -m tests.simulation`."""

import pytest

from tests.simulation.running import run_seeds

BLOCK = 4  # seeds of one test


@pytest.mark.parametrize("first", [0])
def test_nothing_is_lost_doubled_or_wrongly_acknowledged(first):
    said = []
    assert run_seeds(range(first, first + BLOCK), said.append) == [], said
