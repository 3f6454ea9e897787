"""Ended at some of its system calls, a terminal keeps what it promised. At every single one:
`python -m tests.faults`.
"""

from collections.abc import Iterator

import pytest

from tests.faults.acts import Bench, bench
from tests.faults.sweep import FAULTS, sweep

STRIDE = {"kill": 23, "EIO": 41, "ENOSPC": 41, "EIO on": 53, "ENOSPC on": 53}

LONG = 3  # times fewer points of the acts that take longest


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Iterator[Bench]:
    with bench(tmp_path_factory.mktemp("faults")) as prepared:
        yield prepared


@pytest.mark.parametrize("act", ["commit", "print", "sync", "open", "update"])
def test_whatever_was_promised_is_there_once(act, ready, tmp_path):
    (chosen,) = (known for known in ready.acts() if known.name == act)
    interrupted = 0
    for number, fault in enumerate(FAULTS):
        stride = STRIDE[fault] * (LONG if act in ("sync", "update") else 1)
        swept = sweep(chosen, fault, ready.server, tmp_path / fault, stride=stride, first=1 + number)
        print(swept)
        assert not swept.violations
        interrupted += swept.interrupted
    assert interrupted, "no fault reached the act"
