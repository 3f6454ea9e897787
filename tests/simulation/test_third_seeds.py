"""Seeds 100 to 149 of 200: a file for each test worker; as many more as you like: `python -m tests.simulation`."""

from tests.simulation.running import run_seeds


def test_nothing_is_lost_doubled_or_wrongly_acknowledged():
    said = []
    assert run_seeds(range(100, 150), said.append) == [], said
