"""Ended at some of its system calls, chosen anew in each place, a terminal keeps what it promised.

All of them: `python -m tests.faults`.
"""

from collections.abc import Iterator

import pytest

from tests.faults.acts import Bench, bench
from tests.faults.sweep import sweep

POINTS = {"kill": 3, "EIO": 2, "ENOSPC": 1}  # of each act; a run takes about two seconds


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("faults")) as prepared:
        yield prepared


@pytest.mark.parametrize("act", ["commit", "print", "deliver", "open", "update"])
def test_whatever_was_promised_is_there_once(act, ready, tmp_path):
    (chosen,) = (known for known in ready.acts() if known.name == act)
    interrupted = 0
    for number, (fault, points) in enumerate(POINTS.items()):
        swept = sweep(chosen, fault, tmp_path / fault, points=points, first=3 + 2 * number)
        print(swept)
        assert not swept.violations
        interrupted += swept.interrupted
    assert interrupted, "no fault reached the act"
