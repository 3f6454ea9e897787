"""The center dies in the middle, the terminal is killed after "done": the case arrives, exactly once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.places import PROJECT
from kiosk.ui.visitor import Visitor

ACCEPTED = "resident-medical-insurance"
INSTANT = "social-insurance-certificate"


def waiting(stage: Stage) -> list[dict[str, object]]:
    done = stage.kiosk("queue", "list", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_center_dies_in_the_middle_of_a_visit(stage: Stage, citizen: Citizen, visitor: Visitor) -> None:
    before = len(stage.cases())
    citizen.touches_matter(ACCEPTED)
    citizen.goes_until("Review")
    stage.kill_center()
    citizen.goes_through()
    assert citizen.result is not None
    assert citizen.result.number_kind == "local"
    assert citizen.result.print_state == "printed"
    assert len(waiting(stage)) >= 1

    stage.start_center()
    visitor.waits_until(lambda: not waiting(stage), "the queue to be empty", within=90)
    assert len(stage.cases()) == before + 1


def test_the_lookup_can_be_gone_on_from_while_the_center_is_away(
    stage: Stage, citizen: Citizen, visitor: Visitor
) -> None:
    before = len(stage.cases())
    citizen.touches_matter(INSTANT)
    citizen.goes_until("Choose")
    stage.kill_center()
    citizen.goes_through()
    stage.start_center()
    visitor.waits_until(lambda: not waiting(stage), "the queue to be empty", within=90)
    assert len(stage.cases()) == before + 1


def test_the_terminal_is_killed_right_after_done(stage: Stage) -> None:
    before = len(stage.cases())
    stage.kill_center()
    script = Path(__file__).with_name("doomed_terminal.py")
    command = [sys.executable, str(script), str(stage.config), str(stage.twin_folder), ACCEPTED]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    doomed = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, env=environment)
    with doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "done\n"
        os.killpg(doomed.pid, signal.SIGKILL)

    assert len(waiting(stage)) == 1
    stage.start_center()
    done = stage.kiosk("sync", "--once", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    assert waiting(stage) == []
    assert len(stage.cases()) == before + 1
