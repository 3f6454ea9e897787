"""What the unplug matrix asks of every cell, for one matter; a file for each matter runs it."""

from collections.abc import Iterator

import pytest

from devices.clock import SystemClock
from flows.matter import Matter
from kiosk.demo.stage import Stage
from tests.visits.unplug_walk import Walk

CAUSE_WITHIN = 1.0  # s from the pulled cable to the words on the screen


def walk_through(stage: Stage, matter: Matter) -> Iterator[Walk]:
    walk = Walk(stage, matter, SystemClock())
    yield walk
    walk.close()


def in_figures(walk: Walk) -> str:
    times = sorted(walk.said.values())
    slowest = max(walk.said, key=lambda cell: walk.said[cell])
    return (
        f"{len(times)} causes said, median {times[len(times) // 2] * 1000:.0f} ms, "
        f"longest {times[-1] * 1000:.0f} ms ({slowest}), limit {CAUSE_WITHIN * 1000:.0f} ms"
    )


def check_ends(stage: Stage, walk: Walk, capsys: pytest.CaptureFixture[str]) -> None:
    """Each visit became exactly one case, and no cause took longer to be said than is promised."""
    walk.ends_visit()
    walk.visitor.waits_until(lambda: len(stage.cases()) >= walk.visits, "the cases at the center", 30)
    numbers = [str(case["case_id"]) for case in stage.cases()]
    assert len(numbers) == len(set(numbers)) == walk.visits
    with capsys.disabled():
        print(f"\n{in_figures(walk)}")
    assert max(walk.said.values()) < CAUSE_WITHIN
