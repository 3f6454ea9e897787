"""The machine's clock jumps by ten years and back by twenty while the terminal runs: what is confirmed is delivered in
order, and the center's time is what dates.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.case import iso_seconds
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.queue import queue_list
from kiosk.messages.from_backroom import Delivered, SyncChanged
from tests.backroom.running import CLOCK, Backroom, make_case, write_config

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
DECADE = timedelta(days=3652)
NEAR = timedelta(minutes=5)


class WrongClock:
    """Of the backroom's process alone, `off` from the true one; it can be set while that runs."""

    def __init__(self, folder):
        self._file = folder / "clock"
        self.environment = {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # as a machine whose clock is set: what counts seconds goes on
        }

    def set(self, off):
        self.off = off
        beside = self._file.with_suffix(".new")
        beside.write_text(f"{off.total_seconds():+.0f}")
        beside.replace(self._file)

    def now(self):
        return CLOCK.now() + self.off


@dataclass
class FakedBackroom(Backroom):
    """An interpreter of its own: the library that lies about the time is loaded before everything else."""

    environment: dict[str, str] = field(default_factory=dict)

    def _launch(self, theirs):
        command = [sys.executable, "-m", "kiosk.backroom", "--config", str(self.config), "--fd", str(theirs.fileno())]
        surroundings = {**os.environ, **self.environment}
        with (self.config.parent / "backroom.log").open("ab") as log:
            return subprocess.Popen(
                command, pass_fds=(theirs.fileno(),), env=surroundings, stderr=log, stdin=subprocess.DEVNULL
            )


@pytest.fixture
def clock(tmp_path):
    return WrongClock(tmp_path)


@pytest.fixture
def terminal(center, clock, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    running = FakedBackroom(write_config(tmp_path, center.url), environment=clock.environment)
    yield running
    running.stop()


def takes(terminal, clock, *, instant=False):
    """As the screen hands it in: dated by the same wrong clock."""
    case = make_case(terminal.ready.terminal_id, instant=instant)
    case = case.model_copy(update={"created_at": iso_seconds(clock.now())})
    return case, terminal.submit(case)


def test_a_clock_that_jumps_by_ten_years_and_back_by_twenty_loses_no_case_and_no_order(
    clock, terminal, center, tmp_path
):
    taken = []
    clock.set(timedelta())
    terminal.start()
    for off in (timedelta(), DECADE, -DECADE):
        clock.set(off)
        case, committed = takes(terminal, clock, instant=True)
        taken.append((case, committed.sequence))
        decided = terminal.expect(Delivered, lambda message, case=case: message.case_id == case.case_id)
        assert decided.decision is not None
    terminal.kill()

    terminal.start()  # ten years behind
    terminal.expect(SyncChanged, lambda message: message.reachable)
    case, committed = takes(terminal, clock)
    taken.append((case, committed.sequence))
    terminal.expect(Delivered, lambda message: message.case_id == case.case_id)

    assert [sequence for _, sequence in taken] == [1, 2, 3, 4]
    entries = queue_list(tmp_path / "terminal")
    assert [(entry.envelope_id, entry.state) for entry in entries] == [(c.case_id, "delivered") for c, _ in taken]
    now = CLOCK.now()
    dated = [datetime.fromisoformat(entry.created_at) for entry in entries]
    assert all(abs(date - now) < NEAR for date in dated), dated
    received = [center.rows("SELECT received_at FROM cases WHERE case_id = ?", c.case_id)[0][0] for c, _ in taken]
    assert all(abs(datetime.fromisoformat(f"{at}+00:00") - now) < NEAR for at in received), received
